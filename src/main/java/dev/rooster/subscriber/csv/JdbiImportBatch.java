package dev.rooster.subscriber.csv;

import dev.rooster.db.Database;
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
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/**
 * Takes a batch of rows into the database in one transaction: look-ups for all of them, then one batched statement for
 * each table. The rows of a batch are of different people. Not thread-safe.
 */
final class JdbiImportBatch {
    /**
     * Rows in a transaction. Hashes fall all over their index, so that each commit of the embedded database writes nearly as
     * many pages as it has rows: the more rows, the more of them share a page.
     */
    static final int ROWS_MAX = 10_000;

    /** Values in one {@code in (…)}. */
    private static final int LOOK_UP_MAX = 2_000;

    private static final int TRIES_MAX = 3;

    private static final String INSERT_SUBSCRIBER = """
            insert into subscriber (public_id, address, address_key, address_hash, domain, name, language, attributes,
              created_at, updated_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;
    private static final String INSERT_SUBSCRIPTION =
            "insert into subscription (newsletter_id, subscriber_id, state, since, source) values (?, ?, ?, ?, ?)";
    private static final String INSERT_CONSENT = """
            insert into consent (newsletter_id, subscriber_id, kind, at, method, source, ip) values (?, ?, ?, ?, ?, ?, ?)
            """;
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
        Map<String, KnownPerson> known = known(handle, rows);
        Map<String, SuppressionReason> suppressed = suppressed(handle, rows);
        List<DecideRow.Decision> decisions = new ArrayList<>(rows.size());
        List<Planned> plan = new ArrayList<>(rows.size());
        for (ImportRow.Person row : rows) {
            KnownPerson person = known.get(row.who().address().key());
            DecideRow.Decision decision = DecideRow.decide(row, person, suppressed.get(row.hash()));
            decisions.add(decision);
            if (decision.change() != null && decision.change() != ImportChange.KEEP) {
                plan.add(new Planned(row, person, decision.change()));
            }
        }
        if (!dryRun && !plan.isEmpty()) {
            // in the order of the index that is largest and most scattered, each of its pages is visited once
            plan.sort(Comparator.comparing(planned -> planned.row().publicId()));
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

    private Map<String, KnownPerson> known(Handle handle, List<ImportRow.Person> rows) {
        Map<String, KnownPerson> known = new HashMap<>();
        for (List<ImportRow.Person> part : parts(rows)) {
            handle.createQuery("""
                            select s.address_key, s.id, s.name, s.language, s.attributes, n.state, n.since
                            from subscriber s
                            left join subscription n on n.subscriber_id = s.id and n.newsletter_id = :newsletter
                            where s.address_key in (<keys>)
                            """)
                    .bind("newsletter", newsletter.value())
                    .bindList(
                            "keys",
                            part.stream().map(row -> row.who().address().key()).toList())
                    .map((row, context) -> {
                        String state = row.getString("state");
                        OffsetDateTime since = row.getObject("since", OffsetDateTime.class);
                        return Map.entry(
                                row.getString("address_key"),
                                new KnownPerson(
                                        row.getLong("id"),
                                        row.getString("name"),
                                        row.getString("language"),
                                        row.getString("attributes"),
                                        state == null ? null : SubscriptionState.of(state),
                                        since == null ? null : since.toInstant()));
                    })
                    .forEach(entry -> known.put(entry.getKey(), entry.getValue()));
        }
        return known;
    }

    private static <T> List<List<T>> parts(List<T> all) {
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += LOOK_UP_MAX) {
            parts.add(all.subList(from, Math.min(from + LOOK_UP_MAX, all.size())));
        }
        return parts;
    }

    private Map<String, SuppressionReason> suppressed(Handle handle, List<ImportRow.Person> rows) {
        Map<String, SuppressionReason> suppressed = new HashMap<>();
        boolean anyOrphans = orphans.any(handle);
        for (List<ImportRow.Person> part : parts(rows)) {
            suppressed.putAll(suppressions.findReasons(
                    handle, part.stream().map(ImportRow.Person::hash).toList(), newsletter));
            if (anyOrphans) {
                Set<Long> refused = orphans.findAmong(
                        handle,
                        newsletter,
                        part.stream().map(ImportRow.Person::publicId).toList());
                part.stream()
                        .filter(row -> refused.contains(row.publicId()))
                        .forEach(row -> suppressed.putIfAbsent(row.hash(), SuppressionReason.UNSUBSCRIBED));
            }
        }
        return suppressed;
    }

    private void write(Handle handle, List<Planned> plan) throws SQLException {
        Connection connection = handle.getConnection();
        insertSubscribers(connection, plan);
        Map<String, Long> ids = ids(handle, plan);
        try (PreparedStatement subscription = connection.prepareStatement(INSERT_SUBSCRIPTION);
                PreparedStatement standing = connection.prepareStatement(UPDATE_SUBSCRIPTION);
                PreparedStatement consent = connection.prepareStatement(INSERT_CONSENT);
                PreparedStatement details = connection.prepareStatement(UPDATE_SUBSCRIBER)) {
            for (Planned planned : plan) {
                long id = planned.known() == null
                        ? ids.get(planned.row().hash())
                        : planned.known().id();
                addSubscription(subscription, standing, planned, id);
                addConsent(consent, planned, id);
                addDetails(details, planned);
            }
            subscription.executeBatch();
            standing.executeBatch();
            consent.executeBatch();
            details.executeBatch();
        }
        suppress(handle, plan);
    }

    private void insertSubscribers(Connection connection, List<Planned> plan) throws SQLException {
        OffsetDateTime at = now.atOffset(ZoneOffset.UTC);
        try (PreparedStatement insert = connection.prepareStatement(INSERT_SUBSCRIBER)) {
            for (Planned planned : plan) {
                if (planned.known() == null) {
                    var who = planned.row().who();
                    insert.setLong(1, planned.row().publicId());
                    insert.setString(2, who.address().text());
                    insert.setString(3, who.address().key());
                    insert.setString(4, planned.row().hash());
                    insert.setString(5, who.address().domain());
                    insert.setString(6, who.name());
                    insert.setString(
                            7, who.language() == null ? null : who.language().tag());
                    insert.setString(8, Attributes.json(who.attributes()));
                    insert.setObject(9, at);
                    insert.setObject(10, at);
                    insert.addBatch();
                }
            }
            insert.executeBatch();
        }
    }

    /** The ids of the people just added, by hash. */
    private static Map<String, Long> ids(Handle handle, List<Planned> plan) {
        List<Long> publicIds = plan.stream()
                .filter(planned -> planned.known() == null)
                .map(planned -> planned.row().publicId())
                .toList();
        Map<String, Long> ids = new HashMap<>();
        for (List<Long> part : parts(publicIds)) {
            handle.createQuery("select address_hash, id from subscriber where public_id in (<publicIds>)")
                    .bindList("publicIds", part)
                    .map((row, context) -> Map.entry(row.getString(1), row.getLong(2)))
                    .forEach(entry -> ids.put(entry.getKey(), entry.getValue()));
        }
        return ids;
    }

    private void addSubscription(PreparedStatement insert, PreparedStatement update, Planned planned, long id)
            throws SQLException {
        String state = planned.row().wanted().state().text();
        OffsetDateTime since = at(planned.row());
        if (planned.is(ImportChange.ADD, ImportChange.ADD_REFUSED)) {
            insert.setLong(1, newsletter.value());
            insert.setLong(2, id);
            insert.setString(3, state);
            insert.setObject(4, since);
            insert.setString(5, ConsentMethod.IMPORT.text());
            insert.addBatch();
        } else if (planned.is(ImportChange.PROMOTE, ImportChange.REFUSE)) {
            update.setString(1, state);
            update.setObject(2, since);
            update.setString(3, ConsentMethod.IMPORT.text());
            update.setLong(4, newsletter.value());
            update.setLong(5, id);
            update.addBatch();
        }
    }

    private void addConsent(PreparedStatement insert, Planned planned, long id) throws SQLException {
        ImportRow.Person row = planned.row();
        if (planned.is(ImportChange.UPDATE)) {
            return;
        }
        if (row.agreedAt() != null) {
            addConsent(insert, row, id, ConsentKind.GRANTED, row.agreedAt().atOffset(ZoneOffset.UTC));
        }
        switch (row.wanted()) {
            case ACTIVE -> addConsent(insert, row, id, ConsentKind.GRANTED, at(row));
            case PENDING -> addConsent(insert, row, id, ConsentKind.REQUESTED, at(row));
            case UNSUBSCRIBED, COMPLAINED, BLOCKED -> addConsent(insert, row, id, ConsentKind.REFUSED, at(row));
            case BOUNCED -> {
                // the mailbox said no, not the person
            }
        }
    }

    private void addConsent(
            PreparedStatement insert, ImportRow.Person row, long id, ConsentKind kind, OffsetDateTime at)
            throws SQLException {
        insert.setLong(1, newsletter.value());
        insert.setLong(2, id);
        insert.setString(3, kind.text());
        insert.setObject(4, at);
        insert.setString(5, ConsentMethod.IMPORT.text());
        insert.setString(6, source(row));
        insert.setString(7, row.ip());
        insert.addBatch();
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
