package dev.rooster.delivery;

import dev.rooster.db.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger of an embedded database, whose durable step is an append to a journal beside it: what was begun, and what the relay
 * took. That comes into the database some hundred rows at a time, a fraction of a second later. Everything else is recorded
 * there at once, as by {@link JdbiLedger}.
 *
 * <p>So a row may say <em>claimed</em> for a moment while its body is on the wire or was taken already. Whoever has to know better
 * calls {@link #settle} first. What a process leaves in its journal is taken over by {@link #takeOver} before the database is
 * used again. Only for a database that no other process can open. Thread-safe.
 */
public final class JournaledLedger implements Ledger {
    private static final Logger LOG = LoggerFactory.getLogger(JournaledLedger.class);
    private static final int FOLD_ROWS = 250;
    /** With so many rows waiting, the durable step itself takes them over first: they are never many. */
    private static final int WAITING_MAX = 5_000;

    private static final Duration FOLD_AFTER = Duration.ofMillis(100);
    private static final long COMPACT_BYTES = 1L << 20;

    private final JdbiLedger ledger;
    private final Database database;
    private final Path file;
    private final String owner;
    private final boolean synced;
    private final JdbiJournal rows = new JdbiJournal();

    /** Held while rows are taken over into the database; always taken before this object's own lock. */
    private final Object folding = new Object();

    private final Map<DeliveryKey, JournalEntry.Begun> begun = new LinkedHashMap<>();
    private final List<Taken> taken = new ArrayList<>();
    private OutcomeJournal journal;
    /** The database could not take what it should have: nothing is begun before it can. */
    private boolean behind;

    private Instant latest = Instant.EPOCH;

    /** An acceptance that is in the journal and not yet in the database. */
    private record Taken(Outcome outcome, JournalEntry.Accepted entry) {}

    /**
     * @param owner the name that the ledger has
     * @param file the journal; what an earlier process left in it has to be taken over before
     * @param synced true: each step waits until the disk has it, and a loss of power forgets nothing either
     */
    public JournaledLedger(JdbiLedger ledger, Database database, Path file, String owner, boolean synced) {
        this.ledger = ledger;
        this.database = database;
        this.file = file;
        this.owner = owner;
        this.synced = synced;
    }

    /** The journal's place in a folder of an installation's data. */
    public static Path fileIn(Path dataDir) {
        return dataDir.resolve("outcomes.journal");
    }

    /**
     * Takes over what a dead process left in a journal, and removes it. Nothing happens where there is none. One that belongs to
     * another installation's database is put aside as {@code outcomes.journal.foreign}, one whose beginning is damaged as {@code
     * outcomes.journal.unreadable}: what was on the wire is then not known, and may be sent again.
     *
     * @return how many rows came into the ledger by it
     * @throws IOException when the journal can't be read or removed; nothing is sent before that is mended
     */
    public static int takeOver(Database database, Path file) throws IOException {
        JdbiJournal rows = new JdbiJournal();
        OutcomeJournal.Contents left = OutcomeJournal.read(file).orElse(null);
        String installation = database.jdbi().withHandle(rows::installation);
        if (left != null && !left.installation().equals(installation)) {
            LOG.warn("{} belongs to another installation and is put aside", file.getFileName());
            putAside(file, ".foreign");
            return 0;
        }
        if (left == null && Files.exists(file) && Files.size(file) > 0) {
            LOG.error(
                    "{} is damaged at its beginning and is put aside: what it held may be sent again",
                    file.getFileName());
            putAside(file, ".unreadable");
            return 0;
        }
        int changed = 0;
        if (left != null) {
            JdbiJournal.Leftovers found = database.jdbi().inTransaction(handle -> rows.takeOver(handle, left));
            changed = found.accepted() + found.begun();
            LOG.info(
                    "The journal of a process that died: {} taken by a relay, {} whose end is unknown",
                    found.accepted(),
                    found.begun());
        }
        if (Files.exists(file)) {
            database.jdbi().useHandle(JdbiJournal::awaitDisk);
            Files.delete(file);
            database.jdbi().useTransaction(rows::forget);
        }
        return changed;
    }

    private static void putAside(Path file, String ending) throws IOException {
        Files.move(
                file,
                file.resolveSibling(file.getFileName() + ending),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    // --- the durable step ---

    @Override
    public List<StartAnswer> commit(List<Outcome> outcomes, List<Start> starts, Instant now) {
        // a stop rule judges by what the database has counted
        if (isBehind() || outcomes.stream().anyMatch(Outcome::speaksAgainstUs)) {
            fold(now);
        }
        synchronized (this) {
            latest = now;
            List<Outcome> elsewhere = new ArrayList<>();
            List<JournalEntry> entries = new ArrayList<>(outcomes.size() + starts.size());
            List<Taken> accepted = new ArrayList<>(outcomes.size());
            for (Outcome outcome : outcomes) {
                if (outcome.state() == DeliveryState.ACCEPTED) {
                    JournalEntry.Accepted entry = entry(outcome, now);
                    entries.add(entry);
                    accepted.add(new Taken(outcome, entry));
                }
            }
            for (Outcome outcome : outcomes) {
                if (outcome.state() != DeliveryState.ACCEPTED) {
                    if (!wasTaken(outcome.delivery(), taken) && !wasTaken(outcome.delivery(), accepted)) {
                        elsewhere.add(outcome);
                    }
                    if (begun.containsKey(outcome.key())) {
                        entries.add(new JournalEntry.Settled(
                                outcome.key(), outcome.delivery().attempts()));
                    }
                }
            }
            boolean trial = outcomes.isEmpty() && starts.isEmpty();
            if (!elsewhere.isEmpty() || trial) {
                ledger.commit(elsewhere, List.of(), now);
            }
            if (trial) {
                probe();
            }
            List<StartAnswer> answers = answers(starts, accepted, now);
            for (StartAnswer answer : answers) {
                if (answer.refusal().isEmpty()) {
                    entries.add(entry(answer.start()));
                }
            }
            append(entries);
            entries.forEach(entry -> JournalEntry.follow(begun, entry));
            taken.addAll(accepted);
            return answers;
        }
    }

    private synchronized boolean isBehind() {
        return behind || taken.size() >= WAITING_MAX;
    }

    private List<StartAnswer> answers(List<Start> starts, List<Taken> before, Instant now) {
        if (starts.isEmpty()) {
            return List.of();
        }
        Predicate<Start> open =
                start -> !isLeaving(start) && !wasTaken(start.delivery(), taken) && !wasTaken(start.delivery(), before);
        Iterator<StartAnswer> said =
                ledger.mayStart(starts.stream().filter(open).toList(), now).iterator();
        List<StartAnswer> answers = new ArrayList<>(starts.size());
        for (Start start : starts) {
            answers.add(open.test(start) ? said.next() : StartAnswer.refused(start, StartAnswer.Refusal.GONE));
        }
        return answers;
    }

    private boolean isLeaving(Start start) {
        JournalEntry.Begun known = begun.get(start.delivery().key());
        return known != null && known.attempts() == start.delivery().attempts();
    }

    /**
     * Whether the relay took a copy of a row that came back after a lost lease and was held again when the answer came. The row
     * does not say so yet: nothing of it may begin, and what another try came to does not matter.
     */
    private static boolean wasTaken(ClaimedDelivery delivery, List<Taken> waiting) {
        return delivery.uncertainCount() > 0
                && waiting.stream().anyMatch(one -> one.entry().key().equals(delivery.key()));
    }

    private void append(List<JournalEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        try {
            open().append(entries);
        } catch (IOException e) {
            throw new LedgerUnavailable(e);
        }
    }

    /** A database finds room in its own file where the journal finds none. */
    private void probe() {
        try {
            open().probe();
        } catch (IOException e) {
            throw new LedgerUnavailable(e);
        }
    }

    private OutcomeJournal open() throws IOException {
        if (journal == null) {
            journal = OutcomeJournal.create(file, database.jdbi().withHandle(rows::installation), owner, synced);
        }
        return journal;
    }

    private static JournalEntry.Accepted entry(Outcome outcome, Instant now) {
        return new JournalEntry.Accepted(
                outcome.key(),
                outcome.delivery().attempts(),
                outcome.relay(),
                outcome.reply().code(),
                outcome.said(),
                now);
    }

    private static JournalEntry.Begun entry(Start start) {
        return new JournalEntry.Begun(start.delivery().key(), start.delivery().attempts(), start.relay());
    }

    @Override
    public boolean commitsAreCheap() {
        return !synced;
    }

    // --- into the database ---

    @Override
    public void tidy(Instant now, boolean idle) {
        boolean due;
        boolean nothing;
        synchronized (this) {
            nothing = taken.isEmpty();
            due = taken.size() >= FOLD_ROWS
                    || !nothing && (idle || isOver(taken.get(0).entry().at(), now));
        }
        if (due) {
            fold(now);
        } else if (nothing) {
            compactIdle();
        }
    }

    /** A clock that was set back holds nothing up. */
    private static boolean isOver(Instant at, Instant now) {
        return now.isBefore(at) || !at.plus(FOLD_AFTER).isAfter(now);
    }

    /** Where nothing is accepted the journal grows too. */
    private void compactIdle() {
        synchronized (folding) {
            synchronized (this) {
                if (journal != null) {
                    compact();
                }
            }
        }
    }

    private void fold(Instant now) {
        synchronized (folding) {
            List<Taken> batch;
            long last;
            synchronized (this) {
                if (taken.isEmpty()) {
                    behind = false;
                    return;
                }
                batch = List.copyOf(taken);
                last = journal.last();
            }
            List<Outcome> outcomes = new ArrayList<>(batch.size());
            Map<Outcome, Instant> at = new IdentityHashMap<>();
            for (Taken one : batch) {
                outcomes.add(one.outcome());
                at.put(one.outcome(), one.entry().at());
            }
            try {
                ledger.recordLate(outcomes, at, now, handle -> rows.folded(handle, owner, last));
            } catch (RuntimeException e) {
                synchronized (this) {
                    behind = true;
                }
                throw e;
            }
            synchronized (this) {
                taken.subList(0, batch.size()).clear();
                behind = false;
                compact();
            }
        }
    }

    private void compact() {
        if (journal.length() < COMPACT_BYTES) {
            return;
        }
        List<JournalEntry> needed = new ArrayList<>(begun.values());
        taken.forEach(one -> needed.add(one.entry()));
        try {
            awaitDisk();
            journal.replace(needed);
        } catch (IOException e) {
            throw new LedgerUnavailable(e);
        }
    }

    private void awaitDisk() {
        if (synced) {
            database.jdbi().useHandle(JdbiJournal::awaitDisk);
        }
    }

    /** Brings the database up to what is known: every row says what has become of it, or that its body is leaving. */
    public void settle(Instant now) {
        synchronized (folding) {
            fold(now);
            synchronized (this) {
                if (!begun.isEmpty()) {
                    ledger.markBegun(List.copyOf(begun.values()), now);
                }
            }
        }
    }

    // --- the rest ---

    /** After a lost lease the rows on the wire are named first, so that they come back as uncertain. */
    @Override
    public void join(Duration lease, UncertainPolicy policy, Instant now) {
        settle(now);
        ledger.join(lease, policy, now);
    }

    @Override
    public boolean renew(Duration lease) {
        return ledger.renew(lease);
    }

    @Override
    public void leave() {
        synchronized (folding) {
            synchronized (this) {
                settle(latest);
                if (journal != null) {
                    try {
                        awaitDisk();
                        journal.delete();
                        // the next one of this name counts from the beginning
                        database.jdbi().useTransaction(handle -> rows.forget(handle, owner));
                    } catch (IOException e) {
                        throw new LedgerUnavailable(e); // what it holds is in the database, and is not taken over twice
                    }
                    journal = null;
                }
            }
        }
        ledger.leave();
    }

    @Override
    public Recovered recover(boolean everybody, UncertainPolicy policy, Instant now) {
        return ledger.recover(everybody, policy, now);
    }

    @Override
    public List<SendingEdition> sending() {
        return ledger.sending();
    }

    @Override
    public Claim claim(EditionId edition, ClaimScope scope, long cursor, int limit, Instant now) {
        return ledger.claim(edition, scope, cursor, limit, now);
    }

    @Override
    public void release(List<ClaimedDelivery> deliveries, Instant now) {
        ledger.release(deliveries, now);
    }

    @Override
    public Pace passCanary(EditionId edition, Instant now) {
        fold(now);
        return ledger.passCanary(edition, now);
    }

    @Override
    public long expire(EditionId edition, Instant now) {
        fold(now);
        return ledger.expire(edition, now);
    }

    @Override
    public FinishCheck finish(EditionId edition, Instant now) {
        fold(now);
        return ledger.finish(edition, now);
    }

    @Override
    public void pause(EditionId edition, PauseReason reason, Instant now) {
        ledger.pause(edition, reason, now);
    }
}
