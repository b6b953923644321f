package dev.rooster.delivery;

import dev.rooster.db.Database;
import dev.rooster.db.JdbiInstallation;
import dev.rooster.issue.IssueId;
import dev.rooster.issue.IssueState;
import dev.rooster.issue.JdbiIssues;
import dev.rooster.newsletter.Newsletter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Queues rows that ended without acceptance once more: for a relay that was set up wrongly, a provider that refused us for a day,
 * a time that was too short. Whoever may not be mailed now keeps the row as it is; whoever leaves after that is found by the claim.
 *
 * <p>The edition is paused while its rows are moved, 10,000 in a transaction, and goes on with the last one. Cut off between two,
 * it stays paused, and the command can be given again. Thread-safe.
 */
public final class ResendRows {
    /** What may be sent again. An accepted mail never is. */
    public static final Set<DeliveryState> STATES =
            EnumSet.of(DeliveryState.REJECTED, DeliveryState.EXPIRED, DeliveryState.SKIPPED, DeliveryState.UNCERTAIN);

    static final int ROWS_PER_COMMIT = 10_000;

    private final Database database;
    private final JdbiEditions editions;
    private final JdbiResend deliveries = new JdbiResend();
    private final JdbiIssues issues = new JdbiIssues();
    private final JdbiInstallation installation = new JdbiInstallation();
    private final InstantSource clock;
    private final Runnable changed;

    /** @param changed called when an edition goes on, so that an engine in this process need not wait for its next look */
    public ResendRows(Database database, JdbiEditions editions, InstantSource clock, Runnable changed) {
        this.database = database;
        this.editions = editions;
        this.clock = clock;
        this.changed = changed;
    }

    /** What {@link #resend} would do, without doing anything. */
    public ResendOutcome check(IssueId issue, Set<DeliveryState> states) {
        return database.jdbi()
                .withHandle(handle -> refusal(handle, editions.findByIssue(handle, issue))
                        .orElseGet(() -> {
                            Edition edition =
                                    editions.findByIssue(handle, issue).orElseThrow();
                            return new ResendOutcome.Resent(edition, deliveries.rows(handle, edition, states));
                        }));
    }

    /**
     * Moves the rows and lets the edition go on; its time begins anew. One that was paused before stays paused.
     *
     * @param states some of {@link #STATES}
     * @throws IllegalArgumentException for another state
     */
    public ResendOutcome resend(Newsletter newsletter, IssueId issue, Set<DeliveryState> states) {
        if (!STATES.containsAll(states)) {
            throw new IllegalArgumentException(
                    "only final states that are not accepted are sent again, found " + states);
        }
        ResendOutcome begun = database.jdbi().inTransaction(handle -> begin(handle, newsletter, issue, states));
        if (!(begun instanceof ResendOutcome.Resent before) || before.rows().againAll() == 0) {
            return begun;
        }
        Map<DeliveryState, Long> moved = new EnumMap<>(DeliveryState.class);
        for (long after = 0; after < before.edition().recipients(); after += ROWS_PER_COMMIT) {
            long from = after;
            for (DeliveryState state : states) {
                long rows = database.jdbi()
                        .inTransaction(handle -> deliveries.move(
                                handle, before.edition(), state, from, from + ROWS_PER_COMMIT, clock.instant()));
                if (rows > 0) {
                    moved.merge(state, rows, Long::sum);
                }
            }
        }
        boolean stays = before.edition().state() == EditionState.PAUSED;
        Edition now = database.jdbi()
                .inTransaction(handle -> stays
                        ? editions.find(handle, before.edition().id()).orElseThrow()
                        : goOn(handle, before.edition().id()));
        changed.run();
        return new ResendOutcome.Resent(
                now, new ResendOutcome.Rows(moved, before.rows().left()));
    }

    private Optional<ResendOutcome> refusal(Handle handle, Optional<Edition> edition) {
        if (edition.isEmpty()) {
            return Optional.of(new ResendOutcome.NoEdition());
        }
        Optional<String> held = installation.heldReason(handle);
        if (held.isPresent()) {
            return Optional.of(new ResendOutcome.Held(held.get()));
        }
        boolean begun = edition.get().readyAt() != null && edition.get().state() != EditionState.CANCELLED;
        return begun ? Optional.empty() : Optional.of(new ResendOutcome.NotNow(edition.get()));
    }

    /** Answers the edition as it was found. */
    private ResendOutcome begin(Handle handle, Newsletter newsletter, IssueId issue, Set<DeliveryState> states) {
        Optional<Edition> found =
                editions.findByIssue(handle, issue).flatMap(edition -> editions.lock(handle, edition.id()));
        Optional<ResendOutcome> refusal = refusal(handle, found);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Edition edition = found.orElseThrow();
        ResendOutcome.Rows rows = deliveries.rows(handle, edition, states);
        if (rows.againAll() > 0) {
            reopen(handle, newsletter, edition);
        }
        return new ResendOutcome.Resent(edition, rows);
    }

    private void reopen(Handle handle, Newsletter newsletter, Edition edition) {
        Instant now = clock.instant();
        if (edition.state() == EditionState.FINISHED) {
            editions.reopen(handle, edition);
            issues.move(handle, edition.issue(), IssueState.SENT, IssueState.SENDING, now);
        }
        if (edition.state() != EditionState.PAUSED) {
            Edition open = editions.find(handle, edition.id()).orElseThrow();
            editions.rest(handle, open, new PauseReason(PauseReason.Kind.OPERATOR, "resend"), now);
        }
        editions.prolong(handle, edition.id(), now.plus(DeliverySettings.expiry(newsletter.settings())));
    }

    private Edition goOn(Handle handle, EditionId id) {
        Edition edition = editions.lock(handle, id).orElseThrow();
        // cancelled or resumed by somebody else meanwhile: that stands
        if (edition.state() == EditionState.PAUSED) {
            editions.goOn(handle, edition, clock.instant());
            editions.setEpoch(handle, id, installation.epoch(handle));
        }
        return editions.find(handle, id).orElseThrow();
    }
}
