package dev.rooster.report;

import dev.rooster.db.Columns;
import dev.rooster.delivery.EditionId;
import dev.rooster.delivery.JdbiEditionProviders;
import dev.rooster.delivery.ProviderTally;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/** Reads balance sheets. Thread-safe. One report is read from one snapshot, so that its sums are of one moment. */
public final class JdbiEditionReport {
    private static final int REASONS_MAX = 20;

    private final Jdbi jdbi;
    private final InstantSource clock;

    public JdbiEditionReport(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** The report of an issue; empty when there is no such issue. */
    public Optional<EditionReport> find(long issueId) {
        return jdbi.inTransaction(
                TransactionIsolationLevel.REPEATABLE_READ,
                handle -> handle.createQuery("""
                        select i.id as issue, i.title, i.state as issue_state, e.id as edition, e.state, e.state_reason,
                          e.candidates, e.recipients, e.ready_at, e.finished_at, e.canary, e.rest_from, e.rest_until
                        from issue i left join edition e on e.issue_id = i.id
                        where i.id = :issue
                        """)
                        .bind("issue", issueId)
                        .map((row, context) -> read(handle, row))
                        .findOne());
    }

    private EditionReport read(Handle handle, ResultSet row) throws SQLException {
        long issue = row.getLong("issue");
        String title = row.getString("title");
        String issueState = row.getString("issue_state");
        String state = row.getString("state");
        String stateReason = row.getString("state_reason");
        long candidates = row.getLong("candidates");
        long recipients = row.getLong("recipients");
        Instant ready = Columns.instant(row, "ready_at");
        Instant finished = Columns.instant(row, "finished_at");
        long edition = row.getLong("edition");
        long first = row.getLong("canary");
        CanaryReport canary = first == 0
                ? null
                : new CanaryReport(first, Columns.instant(row, "rest_from"), Columns.instant(row, "rest_until"));
        Long editionId = state == null ? null : Long.valueOf(edition);

        List<LedgerSum> sums = editionId == null ? List.of() : sums(handle, edition);
        Map<String, Long> excluded = editionId == null ? Map.of() : excluded(handle, edition);
        List<ProviderArrivals> arrivals = editionId == null ? List.of() : new JdbiArrivals().find(handle, edition);
        Map<String, Long> states = states(sums);
        long accepted = states.get("accepted");
        return new EditionReport(
                issue,
                title,
                editionId,
                state == null ? issueState : state,
                stateReason,
                candidates,
                excluded,
                recipients,
                states,
                count(sums, "skipped", LedgerSum::reason),
                sums.stream().mapToLong(LedgerSum::uncertainSeen).sum(),
                count(sums, "accepted", LedgerSum::arrival),
                complaints(handle, edition),
                votes(handle, edition),
                comments(handle, edition),
                versions(handle, edition),
                resentCopies(handle, edition),
                providers(handle, edition, sums),
                reasons(handle, edition),
                arrivals,
                bounces(handle, edition),
                canary,
                ready,
                finished,
                EditionReport.rate(accepted, ready, finished == null ? clock.instant() : finished),
                editionId == null ? Punctuality.NONE : new JdbiPunctuality().of(handle, edition, arrivals),
                ready == null ? List.of() : EditionReport.faults(candidates, recipients, excluded, states));
    }

    private static List<LedgerSum> sums(Handle handle, long edition) {
        return handle.createQuery("""
                        select provider, state, reason, arrival, count(*) as deliveries,
                          sum(case when uncertain_count > 0 then 1 else 0 end) as uncertain_seen
                        from delivery where edition_id = :edition
                        group by provider, state, reason, arrival
                        """)
                .bind("edition", edition)
                .map((row, context) -> new LedgerSum(
                        row.getString("provider"),
                        row.getString("state"),
                        row.getString("reason"),
                        row.getString("arrival"),
                        row.getLong("deliveries"),
                        row.getLong("uncertain_seen")))
                .list();
    }

    private static Map<String, Long> states(List<LedgerSum> sums) {
        Map<String, Long> states = new LinkedHashMap<>();
        EditionReport.STATES.forEach(state -> states.put(state, 0L));
        sums.forEach(sum -> states.merge(sum.state(), sum.rows(), Long::sum));
        return states;
    }

    private static Map<String, Long> count(
            List<LedgerSum> sums, String state, java.util.function.Function<LedgerSum, String> by) {
        Map<String, Long> counts = new TreeMap<>();
        sums.stream()
                .filter(sum -> sum.state().equals(state))
                .forEach(sum -> counts.merge(by.apply(sum) == null ? "unknown" : by.apply(sum), sum.rows(), Long::sum));
        return counts;
    }

    private static Map<String, Long> excluded(Handle handle, long edition) {
        return pairs(handle, "select reason, excluded from edition_exclusion where edition_id = :edition", edition);
    }

    private static Map<String, Long> votes(Handle handle, long edition) {
        Map<String, Long> votes = new LinkedHashMap<>(Map.of());
        for (String vote : List.of("good", "soso", "bad")) {
            votes.put(vote, 0L);
        }
        votes.putAll(pairs(
                handle, "select vote, count(*) from feedback where edition_id = :edition group by vote", edition));
        return votes;
    }

    private static Map<String, Long> pairs(Handle handle, String sql, long edition) {
        Map<String, Long> pairs = new TreeMap<>();
        handle.createQuery(sql)
                .bind("edition", edition)
                .map((row, context) -> Map.entry(row.getString(1), row.getLong(2)))
                .forEach(pair -> pairs.put(pair.getKey(), pair.getValue()));
        return pairs;
    }

    private static long comments(Handle handle, long edition) {
        return count(
                handle, "select count(*) from feedback where edition_id = :edition and comment is not null", edition);
    }

    private static long complaints(Handle handle, long edition) {
        return count(
                handle,
                "select count(distinct seq) from bounce where edition_id = :edition and kind = 'complaint'",
                edition);
    }

    private static long count(Handle handle, String sql, long edition) {
        return handle.createQuery(sql)
                .bind("edition", edition)
                .mapTo(Long.class)
                .one();
    }

    private static List<ReportVersion> versions(Handle handle, long edition) {
        return handle.createQuery("""
                        select v.version, v.subject, v.released_at, v.changes, coalesce(d.deliveries, 0) as deliveries,
                          coalesce(d.accepted, 0) as accepted
                        from edition_version v left join (
                          select version, count(*) as deliveries, sum(case when state = 'accepted' then 1 else 0 end) as accepted
                          from (select d.state, %s as version
                                from delivery d join edition e on e.id = d.edition_id where d.edition_id = :edition) rows_now
                          group by version) d on d.version = v.version
                        where v.edition_id = :edition order by v.version
                        """.formatted(JdbiRecipients.VERSION))
                .bind("edition", edition)
                .map((row, context) -> new ReportVersion(
                        row.getInt("version"),
                        row.getString("subject"),
                        Columns.instant(row, "released_at"),
                        row.getString("changes"),
                        row.getLong("deliveries"),
                        row.getLong("accepted")))
                .list();
    }

    private static List<ResentCopyLine> resentCopies(Handle handle, long edition) {
        return handle.createQuery("""
                        select c.at, s.address, c.version, c.state, c.reply
                        from resent_copy c left join subscriber s on s.id = c.subscriber_id
                        where c.edition_id = :edition order by c.id desc limit 20
                        """)
                .bind("edition", edition)
                .map((row, context) -> new ResentCopyLine(
                        Columns.instant(row, "at"),
                        row.getString("address"),
                        row.getInt("version"),
                        row.getString("state"),
                        row.getString("reply")))
                .list();
    }

    /** The largest first. */
    private static List<ProviderReport> providers(Handle handle, long edition, List<LedgerSum> sums) {
        Map<String, Map<String, Long>> states = new TreeMap<>();
        sums.forEach(sum -> states.computeIfAbsent(sum.provider(), provider -> new TreeMap<>())
                .merge(sum.state(), sum.rows(), Long::sum));
        Map<String, List<Instant>> times = acceptedTimes(handle, edition);
        Map<String, ProviderTally> tallies = new JdbiEditionProviders()
                .tallies(handle, new EditionId(edition)).stream()
                        .collect(Collectors.toMap(ProviderTally::provider, tally -> tally));
        return states.entrySet().stream()
                .map(entry -> {
                    List<Instant> found = times.get(entry.getKey());
                    Optional<ProviderTally> tally = Optional.ofNullable(tallies.get(entry.getKey()));
                    long all = entry.getValue().values().stream()
                            .mapToLong(Long::longValue)
                            .sum();
                    return new ProviderReport(
                            entry.getKey(),
                            all,
                            entry.getValue(),
                            found == null ? null : found.get(0),
                            found == null ? null : found.get(1),
                            found == null ? null : found.get(2),
                            tally.map(ProviderTally::pausedAt).orElse(null),
                            tally.map(ProviderTally::pauseReason).orElse(null));
                })
                .sorted(Comparator.comparingLong(ProviderReport::recipients).reversed())
                .toList();
    }

    /** First, median and last time by provider. */
    private static Map<String, List<Instant>> acceptedTimes(Handle handle, long edition) {
        Map<String, List<Instant>> times = new TreeMap<>();
        handle.createQuery("""
                        select provider, min(updated_at) as first_at,
                          percentile_disc(0.5) within group (order by updated_at) as median_at, max(updated_at) as last_at
                        from delivery where edition_id = :edition and state = 'accepted'
                        group by provider
                        """)
                .bind("edition", edition)
                .map((row, context) -> Map.entry(
                        row.getString("provider"),
                        List.of(
                                Columns.instant(row, "first_at"),
                                Columns.instant(row, "median_at"),
                                Columns.instant(row, "last_at"))))
                .forEach(entry -> times.put(entry.getKey(), entry.getValue()));
        return times;
    }

    /** By the verdicts that counted: reports that anybody could have written are left out. */
    private static List<CategoryReport> bounces(Handle handle, long edition) {
        return handle.createQuery("""
                        select category, verdict, count(distinct seq) as recipients from bounce
                        where edition_id = :edition and kind = 'bounce' and acted <> 'unproven'
                        group by category, verdict order by count(distinct seq) desc, category, verdict
                        """)
                .bind("edition", edition)
                .map((row, context) -> new CategoryReport(
                        row.getString("category"), row.getString("verdict"), row.getLong("recipients")))
                .list();
    }

    private static List<ReasonReport> reasons(Handle handle, long edition) {
        return handle.createQuery("""
                        select state, reason, reply_code, count(*) as deliveries, min(reply) as example
                        from delivery
                        where edition_id = :edition and state in ('rejected', 'expired', 'deferred', 'uncertain')
                        group by state, reason, reply_code
                        order by count(*) desc, state, reason, reply_code limit :limit
                        """)
                .bind("edition", edition)
                .bind("limit", REASONS_MAX)
                .map((row, context) -> {
                    int code = row.getInt("reply_code");
                    Integer replyCode = row.wasNull() ? null : Integer.valueOf(code);
                    return new ReasonReport(
                            row.getString("state"),
                            row.getString("reason"),
                            replyCode,
                            row.getLong("deliveries"),
                            row.getString("example"));
                })
                .list();
    }
}
