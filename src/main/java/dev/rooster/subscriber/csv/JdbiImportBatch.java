package dev.rooster.subscriber.csv;

import dev.rooster.db.Database;
import dev.rooster.db.JdbiBulkInsert;
import dev.rooster.newsletter.NewsletterId;
import dev.rooster.subscriber.Attributes;
import dev.rooster.subscriber.ConsentKind;
import dev.rooster.subscriber.ConsentMethod;
import dev.rooster.subscriber.JdbiOrphanRefusals;
import dev.rooster.subscriber.SubscriptionState;
import dev.rooster.suppression.JdbiSuppressions;
import dev.rooster.suppression.RefusalEntry;
import dev.rooster.suppression.RefusalLog;
import dev.rooster.suppression.Suppression;
import dev.rooster.suppression.SuppressionReason;
import dev.rooster.suppression.SuppressionScope;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/**
 * Takes a batch of rows into the database in one transaction: look-ups for all of them, then one bulk insert for
 * each table. The rows of a batch are of different people. Not thread-safe.
 */
final class JdbiImportBatch {
    /**
     * Rows in a transaction. The embedded database writes its pages when 16 MB of them have changed: a transaction that is larger
     * than that has them written twice, before and after its commit.
     */
    static final int ROWS_MAX = 2_500;

    private static final int TRIES_MAX = 3;

    private static final JdbiBulkInsert SUBSCRIBERS = new JdbiBulkInsert(
            "subscriber",
            "public_id",
            "address",
            "address_key",
            "address_hash",
            "domain",
            "name",
            "language",
            "attributes",
            "created_at",
            "updated_at");
    private static final JdbiBulkInsert SUBSCRIPTIONS =
            new JdbiBulkInsert("subscription", "newsletter_id", "subscriber_id", "state", "since", "source");
    private static final JdbiBulkInsert CONSENTS =
            new JdbiBulkInsert("consent", "newsletter_id", "subscriber_id", "kind", "at", "method", "source", "ip");
    private static final String UPDATE_SUBSCRIBER =
            "update subscriber set name = ?, language = ?, attributes = ?, updated_at = ? where id = ?";
    private static final String UPDATE_SUBSCRIPTION = """
            update subscription set state = ?, since = ?, source = ?
            where newsletter_id = ? and subscriber_id = ? and state in ('pending', 'active')
            """;

    private final Database database;
    private final NewsletterId newsletter;
    private final RefusalLog log;
    private final String fileName;
    private final Instant now;
    private final JdbiSuppressions suppressions = new JdbiSuppressions();
    private final JdbiOrphanRefusals orphans = new JdbiOrphanRefusals();

    JdbiImportBatch(Database database, NewsletterId newsletter, RefusalLog log, String fileName, Instant now) {
        this.database = database;
        this.newsletter = newsletter;
        this.log = log;
        this.fileName = fileName;
        this.now = now;
    }

    /**
     * Decides and writes a batch; with {@code dryRun} it only decides. Another process adding the same person meanwhile breaks
     * a unique key: the batch is then looked at anew.
     *
     * @return the decisions, in the order of the rows
     */
    List<DecideRow.Decision> apply(List<ImportRow.Person> rows, boolean dryRun) {
        for (int tries = 1; ; tries++) {
            try {
                return database.jdbi()
                        .<List<DecideRow.Decision>, SQLException>inTransaction(
                                handle -> inTransaction(handle, rows, dryRun));
            } catch (SQLException | JdbiException e) {
                if (tries == TRIES_MAX || !Database.isConstraintViolation(e)) {
                    throw new IllegalStateException(
                            "rows from line " + rows.get(0).line() + " could not be written", e);
                }
            }
        }
    }

    private List<DecideRow.Decision> inTransaction(Handle handle, List<ImportRow.Person> rows, boolean dryRun)
            throws SQLException {
        Map<Long, KnownPerson> known = known(handle, rows);
        Map<String, SuppressionReason> suppressed = suppressed(handle, rows);
        List<DecideRow.Decision> decisions = new ArrayList<>(rows.size());
        List<Planned> plan = new ArrayList<>(rows.size());
        for (ImportRow.Person row : rows) {
            KnownPerson person = known.get(row.publicId());
            DecideRow.Decision decision = DecideRow.decide(row, person, suppressed.get(row.hash()));
            decisions.add(decision);
            if (decision.change() != null && decision.change() != ImportChange.KEEP) {
                plan.add(new Planned(row, person, decision.change()));
            }
        }
        if (!dryRun && !plan.isEmpty()) {
            write(handle, plan);
        }
        return decisions;
    }

    /** A row that changes something. */
    private record Planned(ImportRow.Person row, KnownPerson known, ImportChange change) {
        boolean is(ImportChange first, ImportChange... others) {
            return change == first || List.of(others).contains(change);
        }
    }

    private Map<Long, KnownPerson> known(Handle handle, List<ImportRow.Person> rows) {
        Map<Long, KnownPerson> known = new HashMap<>();
        handle.createQuery("""
                        select s.public_id, s.address_key, s.id, s.name, s.language, s.attributes, n.state, n.since
                        from unnest(cast(:people as bigint array)) as wanted (public_id)
                        join subscriber s on s.public_id = wanted.public_id
                        left join subscription n on n.subscriber_id = s.id and n.newsletter_id = :newsletter
                        """)
                .bind("newsletter", newsletter.value())
                .bindArray(
                        "people",
                        Long.class,
                        rows.stream().map(ImportRow.Person::publicId).toList())
                .map((row, context) -> {
                    String state = row.getString("state");
                    OffsetDateTime since = row.getObject("since", OffsetDateTime.class);
                    return Map.entry(
                            row.getLong("public_id"),
                            new KnownPerson(
                                    row.getLong("id"),
                                    row.getString("address_key"),
                                    row.getString("name"),
                                    row.getString("language"),
                                    row.getString("attributes"),
                                    state == null ? null : SubscriptionState.of(state),
                                    since == null ? null : since.toInstant()));
                })
                .forEach(entry -> known.put(entry.getKey(), entry.getValue()));
        return known;
    }

    private Map<String, SuppressionReason> suppressed(Handle handle, List<ImportRow.Person> rows) {
        Map<String, SuppressionReason> suppressed = suppressions.findReasons(
                handle, rows.stream().map(ImportRow.Person::hash).toList(), newsletter);
        if (orphans.any(handle)) {
            Set<Long> refused = orphans.findAmong(
                    handle,
                    newsletter,
                    rows.stream().map(ImportRow.Person::publicId).toList());
            rows.stream()
                    .filter(row -> refused.contains(row.publicId()))
                    .forEach(row -> suppressed.putIfAbsent(row.hash(), SuppressionReason.UNSUBSCRIBED));
        }
        return suppressed;
    }

    private void write(Handle handle, List<Planned> plan) throws SQLException {
        long[] ids = peopleIds(handle, plan);
        List<Object[]> subscriptions = new ArrayList<>(plan.size());
        List<Object[]> consents = new ArrayList<>(plan.size());
        try (PreparedStatement standing = handle.getConnection().prepareStatement(UPDATE_SUBSCRIPTION);
                PreparedStatement details = handle.getConnection().prepareStatement(UPDATE_SUBSCRIBER)) {
            for (int i = 0; i < ids.length; i++) {
                Planned planned = plan.get(i);
                addSubscription(subscriptions, standing, planned, ids[i]);
                addConsent(consents, planned, ids[i]);
                addDetails(details, planned);
            }
            SUBSCRIPTIONS.add(handle, database.dialect(), subscriptions);
            standing.executeBatch();
            CONSENTS.add(handle, database.dialect(), consents);
            details.executeBatch();
        }
        suppress(handle, plan);
    }

    /** The person's id for each row of the plan; those not yet known are added. */
    private long[] peopleIds(Handle handle, List<Planned> plan) throws SQLException {
        OffsetDateTime at = now.atOffset(ZoneOffset.UTC);
        List<Object[]> added = new ArrayList<>(plan.size());
        for (Planned planned : plan) {
            if (planned.known() == null) {
                var who = planned.row().who();
                added.add(new Object[] {
                    planned.row().publicId(),
                    who.address().text(),
                    who.address().key(),
                    planned.row().hash(),
                    who.address().domain(),
                    who.name(),
                    who.language() == null ? null : who.language().tag(),
                    Attributes.json(who.attributes()),
                    at,
                    at
                });
            }
        }
        long[] addedIds = SUBSCRIBERS.addWithIds(handle, database.dialect(), added);
        long[] ids = new long[plan.size()];
        int next = 0;
        for (int i = 0; i < ids.length; i++) {
            KnownPerson known = plan.get(i).known();
            ids[i] = known == null ? addedIds[next++] : known.id();
        }
        return ids;
    }

    private void addSubscription(List<Object[]> added, PreparedStatement update, Planned planned, long id)
            throws SQLException {
        String state = planned.row().wanted().state().text();
        OffsetDateTime since = at(planned.row());
        if (planned.is(ImportChange.ADD, ImportChange.ADD_REFUSED)) {
            added.add(new Object[] {newsletter.value(), id, state, since, ConsentMethod.IMPORT.text()});
        } else if (planned.is(ImportChange.PROMOTE, ImportChange.REFUSE)) {
            update.setString(1, state);
            update.setObject(2, since);
            update.setString(3, ConsentMethod.IMPORT.text());
            update.setLong(4, newsletter.value());
            update.setLong(5, id);
            update.addBatch();
        }
    }

    private void addConsent(List<Object[]> added, Planned planned, long id) {
        ImportRow.Person row = planned.row();
        if (planned.is(ImportChange.UPDATE)) {
            return;
        }
        if (row.agreedAt() != null) {
            added.add(consent(row, id, ConsentKind.GRANTED, row.agreedAt().atOffset(ZoneOffset.UTC)));
        }
        switch (row.wanted()) {
            case ACTIVE -> added.add(consent(row, id, ConsentKind.GRANTED, at(row)));
            case PENDING -> added.add(consent(row, id, ConsentKind.REQUESTED, at(row)));
            case UNSUBSCRIBED, COMPLAINED, BLOCKED -> added.add(consent(row, id, ConsentKind.REFUSED, at(row)));
            case BOUNCED -> {
                // the mailbox said no, not the person
            }
        }
    }

    private Object[] consent(ImportRow.Person row, long id, ConsentKind kind, OffsetDateTime at) {
        return new Object[] {newsletter.value(), id, kind.text(), at, ConsentMethod.IMPORT.text(), source(row), row.ip()
        };
    }

    private void addDetails(PreparedStatement update, Planned planned) throws SQLException {
        KnownPerson known = planned.known();
        if (known == null
                || !planned.is(ImportChange.ADD, ImportChange.PROMOTE, ImportChange.UPDATE)
                || !DecideRow.tellsSomethingNew(planned.row(), known)) {
            return;
        }
        var who = planned.row().who();
        update.setString(1, who.name() == null ? known.name() : who.name());
        update.setString(
                2, who.language() == null ? known.language() : who.language().tag());
        update.setString(3, DecideRow.attributes(planned.row(), known));
        update.setObject(4, now.atOffset(ZoneOffset.UTC));
        update.setLong(5, known.id());
        update.addBatch();
    }

    private void suppress(Handle handle, List<Planned> plan) {
        List<ImportRow.Person> refused = plan.stream()
                .map(Planned::row)
                .filter(row -> row.wanted().refused())
                .toList();
        if (refused.isEmpty()) {
            return;
        }
        long newsletterPublicId = newsletterPublicId(handle);
        List<RefusalEntry> entries = new ArrayList<>();
        for (ImportRow.Person row : refused) {
            Wanted wanted = row.wanted();
            SuppressionScope scope = wanted.ofAll() ? SuppressionScope.all() : SuppressionScope.of(newsletter);
            suppressions.add(
                    handle,
                    new Suppression(
                            row.hash(),
                            scope,
                            wanted.suppression(),
                            at(row).toInstant(),
                            source(row),
                            row.who().address().text()));
            if (wanted != Wanted.BOUNCED) {
                entries.add(new RefusalEntry(now, scope.isAll() ? 0 : newsletterPublicId, row.hash(), logKind(wanted)));
            }
        }
        log.append(entries);
    }

    private static RefusalEntry.Kind logKind(Wanted wanted) {
        return switch (wanted) {
            case COMPLAINED -> RefusalEntry.Kind.COMPLAINED;
            case BLOCKED -> RefusalEntry.Kind.SUPPRESSED;
            default -> RefusalEntry.Kind.REFUSED;
        };
    }

    private long newsletterPublicId(Handle handle) {
        return handle.createQuery("select public_id from newsletter where id = :id")
                .bind("id", newsletter.value())
                .mapTo(Long.class)
                .one();
    }

    private OffsetDateTime at(ImportRow.Person row) {
        return (row.declaredAt() == null ? now : row.declaredAt()).atOffset(ZoneOffset.UTC);
    }

    /** File and line, what the file says of its origin, and whether it gives a date: the evidence must not look better than it is. */
    private String source(ImportRow.Person row) {
        String source = fileName + ":" + row.line()
                + (row.origin() == null ? "" : "; " + row.origin())
                + (row.declaredAt() == null ? "; no date in the file" : "");
        return source.length() <= 200 ? source : source.substring(0, 200);
    }
}
