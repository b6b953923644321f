package dev.rooster.delivery;

import dev.rooster.db.Columns;
import dev.rooster.issue.IssueId;
import dev.rooster.issue.IssueState;
import dev.rooster.issue.JdbiIssues;
import dev.rooster.newsletter.NewsletterId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The tables {@code edition} and {@code edition_exclusion}. Stateless; every method works in the caller's transaction. */
public final class JdbiEditions {
    private static final String SELECT = """
            select id, public_id, issue_id, newsletter_id, slot_date, state, state_reason, version, candidates, recipients,
              pace_seconds, created_at, ready_at, finished_at, expires_at, canary, rest_from, rest_until
            from edition e
            """;

    /** Of a delivery {@code d}. */
    static final String PROVIDER_PAUSED = """
            exists (select 1 from edition_provider p
                    where p.edition_id = d.edition_id and p.provider = d.provider and p.paused_at is not null)
            """;

    private final List<EditionListener> listeners;
    private final CanarySettings canary;
    private final JdbiIssues issues = new JdbiIssues();
    private final JdbiEditionProviders providers = new JdbiEditionProviders();

    public JdbiEditions(List<EditionListener> listeners) {
        this(listeners, CanarySettings.defaults());
    }

    public JdbiEditions(List<EditionListener> listeners, CanarySettings canary) {
        this.listeners = List.copyOf(listeners);
        this.canary = canary;
    }

    public Optional<Edition> find(Handle handle, EditionId id) {
        return handle.createQuery(SELECT + "where id = :id")
                .bind("id", id.value())
                .map(JdbiEditions::edition)
                .findOne();
    }

    public Optional<Edition> findByIssue(Handle handle, IssueId issue) {
        return handle.createQuery(SELECT + "where issue_id = :issue")
                .bind("issue", issue.value())
                .map(JdbiEditions::edition)
                .findOne();
    }

    /** Editions of a token, even of one that is long over. */
    public Optional<Edition> findByPublicId(Handle handle, long publicId) {
        return handle.createQuery(SELECT + "where public_id = :publicId")
                .bind("publicId", publicId)
                .map(JdbiEditions::edition)
                .findOne();
    }

    /** The edition, locked until the transaction ends: its state changes one at a time. */
    public Optional<Edition> lock(Handle handle, EditionId id) {
        return handle.createQuery(SELECT + "where id = :id for update")
                .bind("id", id.value())
                .map(JdbiEditions::edition)
                .findOne();
    }

    /** Editions that still want work: being prepared, or cancelled with rows not yet settled. */
    List<Edition> unsettled(Handle handle) {
        return handle.createQuery(SELECT + """
                        where e.finished_at is null and e.state in ('preparing', 'cancelled')
                          and e.epoch = (select i.epoch from installation i where i.id = 1 and not i.held)
                        order by id
                        """).map(JdbiEditions::edition).list();
    }

    List<SendingEdition> sending(Handle handle, String maySend) {
        Map<EditionId, Map<String, Boolean>> byProvider = providers.ofEditionsBeingSent(handle);
        return handle.createQuery(SELECT + "where " + maySend + " order by id").map(JdbiEditions::edition).stream()
                .map(edition -> new SendingEdition(
                        edition.id(),
                        edition.newsletter(),
                        edition.publicId(),
                        edition.recipients(),
                        edition.pacing(),
                        edition.expiresAt(),
                        byProvider.getOrDefault(edition.id(), Map.of())))
                .toList();
    }

    EditionId insert(
            Handle handle,
            long publicId,
            IssueId issue,
            NewsletterId newsletter,
            LocalDate slotDate,
            long epoch,
            Duration pace,
            Instant now,
            Instant expiresAt) {
        return new EditionId(handle.createUpdate("""
                        insert into edition (public_id, issue_id, newsletter_id, slot_date, state, version, epoch,
                          pace_seconds, created_at, expires_at)
                        values (:publicId, :issue, :newsletter, :slotDate, 'preparing', 1, :epoch, :pace, :now, :expires)
                        """)
                .bind("publicId", publicId)
                .bind("issue", issue.value())
                .bind("newsletter", newsletter.value())
                .bind("slotDate", slotDate)
                .bind("epoch", epoch)
                .bind("pace", pace.toSeconds())
                .bind("now", now)
                .bind("expires", expiresAt)
                .executeAndReturnGeneratedKeys("id")
                .mapTo(Long.class)
                .one());
    }

    void setEpoch(Handle handle, EditionId id, long epoch) {
        handle.createUpdate("update edition set epoch = :epoch where id = :id")
                .bind("epoch", epoch)
                .bind("id", id.value())
                .execute();
    }

    /** A finished edition is being sent again. */
    void reopen(Handle handle, Edition finished) {
        if (!become(handle, finished, EditionState.SENDING, null)) {
            throw new IllegalStateException("edition " + finished.id().value() + " is not finished any more");
        }
        handle.createUpdate("update edition set finished_at = null where id = :id")
                .bind("id", finished.id().value())
                .execute();
    }

    /** What those of whom no copy can have left get from this commit on. */
    void setVersion(Handle handle, EditionId id, int version) {
        handle.createUpdate("update edition set version = :version where id = :id")
                .bind("version", version)
                .bind("id", id.value())
                .execute();
    }

    /** Gives an edition time until then, if that is longer than what it has. */
    void prolong(Handle handle, EditionId id, Instant expiresAt) {
        handle.createUpdate("update edition set expires_at = :until where id = :id and expires_at < :until")
                .bind("until", expiresAt)
                .bind("id", id.value())
                .execute();
    }

    /** Who is left to be sent to, by the version they will get. */
    AmendOutcome.Rest rest(Handle handle, EditionId id) {
        return handle.createQuery("""
                        select coalesce(sum(case when uncertain_count = 0 and state <> 'sending' then 1 else 0 end), 0) as newest,
                          coalesce(sum(case when uncertain_count > 0 or state = 'sending' then 1 else 0 end), 0) as kept
                        from delivery
                        where edition_id = :id and (state in ('queued', 'claimed', 'sending', 'deferred')
                          or state = 'uncertain' and next_attempt_at is not null)
                        """)
                .bind("id", id.value())
                .map((row, context) -> new AmendOutcome.Rest(row.getLong("newest"), row.getLong("kept")))
                .one();
    }

    /** Moves an edition that is in a state that may become the other; false: it was not. */
    boolean become(Handle handle, Edition edition, EditionState next, String reason) {
        if (!edition.state().mayBecome(next)) {
            return false;
        }
        return handle.createUpdate("""
                        update edition set state = :next, state_reason = :reason where id = :id and state = :old
                        """)
                        .bind("next", next.word())
                        .bind("reason", reason)
                        .bind("id", edition.id().value())
                        .bind("old", edition.state().word())
                        .execute()
                == 1;
    }

    /**
     * Pauses an edition that is being sent, and tells the listeners why.
     *
     * @return whether it was being sent
     */
    public boolean pause(Handle handle, EditionId id, PauseReason reason, Instant now) {
        Edition edition = lock(handle, id).orElseThrow();
        if (!rest(handle, edition, reason, now)) {
            return false;
        }
        listeners.forEach(listener -> listener.paused(handle, id, edition.newsletter(), reason, now));
        return true;
    }

    /** Pauses while rows are moved, which concerns nobody else. Answers whether it was being sent. */
    boolean rest(Handle handle, Edition edition, PauseReason reason, Instant now) {
        boolean paused = become(handle, edition, EditionState.PAUSED, reason.line());
        if (paused) {
            handle.createUpdate("update edition set paused_at = :now where id = :id")
                    .bind("now", now)
                    .bind("id", edition.id().value())
                    .execute();
        }
        return paused;
    }

    /** An edition whose audience is complete is sent from now on, the canary first if it has a pace. */
    void ready(Handle handle, Edition edition, Instant now) {
        become(handle, edition, EditionState.SENDING, null);
        handle.createUpdate("""
                        update edition set ready_at = :now, sending_since = :now, canary = :canary where id = :id
                        """)
                .bind("now", now)
                .bind("canary", edition.pace().isZero() ? 0 : canary.size(edition.recipients()))
                .bind("id", edition.id().value())
                .execute();
    }

    /** A paused edition goes on: what the pace has still to release waits as long as the pause was. */
    void goOn(Handle handle, Edition edition, Instant now) {
        become(handle, edition, edition.readyAt() == null ? EditionState.PREPARING : EditionState.SENDING, null);
        Instant pausedAt = handle.createQuery("select paused_at from edition where id = :id")
                .bind("id", edition.id().value())
                .mapTo(Instant.class)
                .findOne()
                .orElse(now);
        Duration pause = pausedAt.isBefore(now) ? Duration.between(pausedAt, now) : Duration.ZERO;
        Pace pace = edition.pacing();
        handle.createUpdate("""
                        update edition set sending_since = :now, paused_at = null, rest_from = :from, rest_until = :until
                        where id = :id
                        """)
                .bind("now", now)
                .bind("from", pace.restFrom() == null ? null : pace.restFrom().plus(pause))
                .bind("until", pace.restFrom() == null ? null : pace.restUntil().plus(pause))
                .bind("id", edition.id().value())
                .execute();
    }

    /** See {@link Ledger#passCanary}. */
    Pace passCanary(Handle handle, EditionId id, Instant now) {
        Edition edition = lock(handle, id).orElseThrow();
        if (!edition.pacing().waitsForCanary()
                || edition.state() != EditionState.SENDING
                || !answered(handle, edition, now)) {
            return edition.pacing();
        }
        Pace pace = Pace.afterCanary(
                edition.recipients(),
                edition.pacing().canary(),
                edition.readyAt(),
                edition.pace(),
                now.plus(canary.check()));
        handle.createUpdate("update edition set rest_from = :from, rest_until = :until where id = :id")
                .bind("from", pace.restFrom())
                .bind("until", pace.restUntil())
                .bind("id", id.value())
                .execute();
        return pace;
    }

    /** Whether the canary's rows are answered, or enough of them for as long as stragglers are waited for. */
    private boolean answered(Handle handle, Edition edition, Instant now) {
        long[] open = new long[2];
        handle.createQuery("""
                        select count(case when d.state in ('claimed', 'sending') or d.state = 'queued' and d.attempts = 0
                            then 1 end) as rows_open,
                          count(case when d.attempts > 0 and d.state not in ('claimed', 'sending') then 1 end) as rows_answered
                        from delivery d where d.edition_id = :id and d.seq <= :canary and not\s""" + PROVIDER_PAUSED)
                .bind("id", edition.id().value())
                .bind("canary", edition.pacing().canary())
                .map((row, context) -> {
                    open[0] = row.getLong("rows_open");
                    open[1] = row.getLong("rows_answered");
                    return open;
                })
                .one();
        boolean waited = handle.createQuery("select 1 from edition where id = :id and sending_since <= :since")
                .bind("id", edition.id().value())
                .bind("since", now.minus(canary.stragglers()))
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
        return open[0] == 0 || waited && open[1] > 0;
    }

    /**
     * Pauses one mailbox provider of an edition, and tells the listeners why.
     *
     * @return whether it was not paused before
     */
    boolean pauseProvider(Handle handle, EditionId id, String provider, PauseReason reason, Instant now) {
        if (!providers.pause(handle, id, provider, reason, now)) {
            return false;
        }
        NewsletterId newsletter = find(handle, id).orElseThrow().newsletter();
        listeners.forEach(listener -> listener.providerPaused(handle, id, newsletter, provider, reason, now));
        return true;
    }

    /** See {@link Ledger#finish}. */
    FinishCheck finish(Handle handle, EditionId id, Instant now) {
        Edition edition = lock(handle, id).orElseThrow();
        if (edition.state() != EditionState.SENDING) {
            return new FinishCheck.NotSending();
        }
        EditionCounts counts = counts(handle, id);
        if (counts.unfinished() > 0) {
            return unfinished(handle, id, counts);
        }
        if (!counts.agreesWith(edition)) {
            String sums = "candidates " + edition.candidates() + ", recipients " + edition.recipients() + ", excluded "
                    + counts.excludedAll() + ", rows " + counts.rows();
            pause(handle, id, new PauseReason(PauseReason.Kind.SUMS, sums), now);
            return new FinishCheck.SumsDisagree(sums);
        }
        become(handle, edition, EditionState.FINISHED, null);
        handle.createUpdate("update edition set finished_at = :now where id = :id")
                .bind("now", now)
                .bind("id", id.value())
                .execute();
        issues.move(handle, edition.issue(), IssueState.SENDING, IssueState.SENT, now);
        listeners.forEach(listener -> listener.finished(handle, id, edition.newsletter(), now));
        return new FinishCheck.Finished();
    }

    /** What waits for a paused provider is neither queued nor due: nobody may take it. */
    private static FinishCheck unfinished(Handle handle, EditionId id, EditionCounts counts) {
        Instant nextDue = handle.createQuery("""
                        select min(next_attempt_at) from delivery d where edition_id = :id and not\s""" + PROVIDER_PAUSED)
                .bind("id", id.value())
                .mapTo(Instant.class)
                .findOne()
                .orElse(null);
        long fresh = handle.createQuery("""
                        select count(*) from delivery d
                        where edition_id = :id and state = 'queued' and next_attempt_at is null and not\s""" + PROVIDER_PAUSED)
                .bind("id", id.value())
                .mapTo(Long.class)
                .one();
        return new FinishCheck.Unfinished(
                fresh, counts.of(DeliveryState.CLAIMED) + counts.of(DeliveryState.SENDING), nextDue);
    }

    /**
     * Settles what a cancelled edition had not yet sent. What is on the wire is not touched; when nothing is, the edition is
     * closed.
     */
    long closeCancelled(Handle handle, EditionId id, Instant now) {
        Edition edition = lock(handle, id).orElseThrow();
        if (edition.state() != EditionState.CANCELLED || edition.finishedAt() != null) {
            return 0;
        }
        int settled = handle.createUpdate("""
                        update delivery set state = case when uncertain_count > 0 then 'uncertain' else 'skipped' end,
                          reason = :reason, next_attempt_at = null, lease_owner = null, updated_at = :now
                        where edition_id = :id and (state in ('queued', 'claimed', 'deferred')
                          or state = 'uncertain' and next_attempt_at is not null)
                        """)
                .bind("reason", DeliveryReason.CANCELLED.word())
                .bind("now", now)
                .bind("id", id.value())
                .execute();
        if (counts(handle, id).unfinished() == 0) {
            handle.createUpdate("update edition set finished_at = :now where id = :id")
                    .bind("now", now)
                    .bind("id", id.value())
                    .execute();
        }
        return settled;
    }

    /** Where the rows stand at this moment. Reads every row of the edition: a million take about a second on H2. */
    public EditionCounts counts(Handle handle, EditionId id) {
        Map<DeliveryState, Long> byState = new EnumMap<>(DeliveryState.class);
        Map<String, Long> skipped = new TreeMap<>();
        long[] sums = new long[3];
        handle.createQuery("""
                        select state, case when state = 'skipped' then reason end as why, count(*) as rows_all,
                          count(next_attempt_at) as rows_waiting,
                          sum(case when uncertain_count > 0 then 1 else 0 end) as rows_seen
                        from delivery where edition_id = :id
                        group by state, case when state = 'skipped' then reason end
                        """)
                .bind("id", id.value())
                .map((row, context) -> {
                    DeliveryState state = DeliveryState.of(row.getString("state"));
                    long rows = row.getLong("rows_all");
                    byState.merge(state, rows, Long::sum);
                    sums[0] += row.getLong("rows_waiting");
                    sums[1] += state == DeliveryState.UNCERTAIN ? row.getLong("rows_waiting") : 0;
                    sums[2] += row.getLong("rows_seen");
                    if (state == DeliveryState.SKIPPED) {
                        skipped.put(row.getString("why"), rows);
                    }
                    return state;
                })
                .list();
        return new EditionCounts(byState, skipped, excluded(handle, id), sums[0], sums[1], sums[2]);
    }

    private static Map<String, Long> excluded(Handle handle, EditionId id) {
        Map<String, Long> excluded = new TreeMap<>();
        handle.createQuery("select reason, excluded from edition_exclusion where edition_id = :id")
                .bind("id", id.value())
                .map((row, context) -> excluded.put(row.getString("reason"), row.getLong("excluded")))
                .list();
        return excluded;
    }

    private static Edition edition(ResultSet row, StatementContext context) throws SQLException {
        return new Edition(
                new EditionId(row.getLong("id")),
                row.getLong("public_id"),
                new IssueId(row.getLong("issue_id")),
                new NewsletterId(row.getLong("newsletter_id")),
                row.getObject("slot_date", LocalDate.class),
                EditionState.of(row.getString("state")),
                row.getString("state_reason"),
                row.getInt("version"),
                row.getLong("candidates"),
                row.getLong("recipients"),
                Duration.ofSeconds(row.getLong("pace_seconds")),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "ready_at"),
                Columns.instant(row, "finished_at"),
                Columns.instant(row, "expires_at"),
                row.getLong("pace_seconds") == 0
                        ? Pace.NONE
                        : new Pace(
                                row.getLong("recipients"),
                                row.getLong("canary"),
                                Columns.instant(row, "rest_from"),
                                Columns.instant(row, "rest_until")));
    }
}
