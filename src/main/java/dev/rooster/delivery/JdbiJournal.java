package dev.rooster.delivery;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** How a journal comes into the ledger. Stateless; every method works in the caller's transaction. */
final class JdbiJournal {
    /**
     * A row of which the journal knows more than the ledger: nothing about this try has come into it yet, or its start has. After a
     * loss of power its claim, and a try before, may be missing too.
     */
    private static final String THIS_TRY = """
            edition_id = ? and seq = ?
              and (state in ('queued', 'claimed', 'deferred') and attempts <= ? or state in ('sending', 'uncertain') and attempts = ?)
            """;

    /** An acceptance ends a row that a lost lease has handed on meanwhile too, whatever try it has come to. */
    private static final String STILL_OPEN = """
            edition_id = ? and seq = ?
              and (state in ('queued', 'claimed', 'deferred') and attempts <= ? or state in ('sending', 'uncertain') and attempts = ?
                or uncertain_count > 0 and state in ('queued', 'claimed', 'sending', 'deferred', 'uncertain'))
            """;

    /** Says that entries up to this number are in the ledger. */
    void folded(Handle handle, String owner, long number) {
        int known = handle.createUpdate("update outcome_journal set folded = :number where owner = :owner")
                .bind("number", number)
                .bind("owner", owner)
                .execute();
        if (known == 0) {
            handle.createUpdate("insert into outcome_journal (owner, folded) values (:owner, :number)")
                    .bind("owner", owner)
                    .bind("number", number)
                    .execute();
        }
    }

    /** Whose database this is; empty before it belongs to anybody. */
    String installation(Handle handle) {
        return handle.createQuery("select installation_id from installation where id = 1")
                .mapTo(String.class)
                .findOne()
                .orElse("");
    }

    /** Waits until the disk has every commit of before: journal entries they make needless may go. */
    static void awaitDisk(Handle handle) {
        handle.execute("checkpoint sync");
    }

    void forget(Handle handle) {
        handle.execute("delete from outcome_journal");
    }

    void forget(Handle handle, String owner) {
        handle.execute("delete from outcome_journal where owner = ?", owner);
    }

    /**
     * Takes over what a dead process left: accepted rows are that, rows whose body may have left are its <em>sending</em> ones,
     * which the ledger's recovery makes uncertain. Doing it twice is harmless.
     */
    Leftovers takeOver(Handle handle, OutcomeJournal.Contents journal) {
        long folded = handle.createQuery("select folded from outcome_journal where owner = :owner")
                .bind("owner", journal.owner())
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
        Map<DeliveryKey, JournalEntry.Begun> begun = new LinkedHashMap<>();
        List<JournalEntry.Accepted> accepted = new ArrayList<>();
        long number = journal.before();
        for (JournalEntry entry : journal.entries()) {
            number++;
            JournalEntry.follow(begun, entry);
            if (entry instanceof JournalEntry.Accepted taken && number > folded) {
                accepted.add(taken);
            }
        }
        try {
            Leftovers found = new Leftovers(
                    accept(handle, accepted), begin(handle, List.copyOf(begun.values()), journal.owner()));
            if (found.begun() > 0) {
                isKnown(handle, journal.owner());
            }
            folded(handle, journal.owner(), journal.last());
            return found;
        } catch (SQLException e) {
            throw new LedgerUnavailable(e);
        }
    }

    /** Recovery goes by the nodes that are known. A backup of before, or what a loss of power left, does not know this one. */
    private static void isKnown(Handle handle, String owner) {
        handle.createUpdate("""
                        insert into sending_node (owner, started_at, lease_until)
                        select cast(:owner as varchar), :past, :past
                        where not exists (select 1 from sending_node where owner = :owner)
                        """)
                .bind("owner", owner)
                .bind("past", JdbiLedger.LONG_AGO)
                .execute();
    }

    private static int accept(Handle handle, List<JournalEntry.Accepted> accepted) throws SQLException {
        try (PreparedStatement update = handle.getConnection().prepareStatement("""
                update delivery set state = 'accepted', reason = null, next_attempt_at = null, relay = ?, reply_code = ?, reply = ?,
                  attempts = greatest(attempts, ?), lease_owner = null, updated_at = ?
                where\s""" + STILL_OPEN)) {
            for (JournalEntry.Accepted entry : accepted) {
                update.setString(1, entry.relay());
                update.setInt(2, entry.replyCode());
                update.setString(3, entry.said());
                update.setInt(4, entry.attempts() + 1);
                update.setObject(5, entry.at().atOffset(ZoneOffset.UTC));
                thisTry(update, 6, entry.key(), entry.attempts());
                update.addBatch();
            }
            return sum(update.executeBatch());
        }
    }

    private static int begin(Handle handle, List<JournalEntry.Begun> begun, String owner) throws SQLException {
        try (PreparedStatement update = handle.getConnection().prepareStatement("""
                update delivery set state = 'sending', next_attempt_at = ?, relay = ?, attempts = ?, lease_owner = ?
                where state in ('queued', 'claimed', 'deferred') and\s""" + THIS_TRY)) {
            for (JournalEntry.Begun entry : begun) {
                update.setNull(1, Types.TIMESTAMP_WITH_TIMEZONE);
                update.setString(2, entry.relay());
                update.setInt(3, entry.attempts() + 1);
                update.setString(4, owner);
                thisTry(update, 5, entry.key(), entry.attempts());
                update.addBatch();
            }
            return sum(update.executeBatch());
        }
    }

    private static void thisTry(PreparedStatement statement, int from, DeliveryKey key, int attempts)
            throws SQLException {
        statement.setLong(from, key.edition().value());
        statement.setLong(from + 1, key.seq());
        statement.setInt(from + 2, attempts);
        statement.setInt(from + 3, attempts + 1);
    }

    private static int sum(int[] counts) {
        int sum = 0;
        for (int count : counts) {
            sum += Math.max(0, count);
        }
        return sum;
    }

    /** Rows that a dead process's journal changed. */
    record Leftovers(int accepted, int begun) {}

    /** Marks rows whose body may be leaving, as they were begun. */
    static void markBegun(Handle handle, String owner, List<JournalEntry.Begun> begun, Instant now) {
        try (PreparedStatement update = handle.getConnection().prepareStatement("""
                update delivery set state = 'sending', attempts = attempts + 1, relay = ?, updated_at = ?
                where edition_id = ? and seq = ? and lease_owner = ? and state = 'claimed' and attempts = ?
                """)) {
            for (JournalEntry.Begun entry : begun) {
                update.setString(1, entry.relay());
                update.setObject(2, now.atOffset(ZoneOffset.UTC));
                update.setLong(3, entry.key().edition().value());
                update.setLong(4, entry.key().seq());
                update.setString(5, owner);
                update.setInt(6, entry.attempts());
                update.addBatch();
            }
            update.executeBatch();
        } catch (SQLException e) {
            throw new LedgerUnavailable(e);
        }
    }
}
