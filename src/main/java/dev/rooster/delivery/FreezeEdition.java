package dev.rooster.delivery;

import dev.rooster.db.JdbiInstallation;
import dev.rooster.issue.IssueId;
import dev.rooster.issue.IssueQueue;
import dev.rooster.issue.JdbiIssues;
import dev.rooster.issue.StoredIssue;
import dev.rooster.newsletter.LawGate;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.newsletter.NewsletterId;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;

/**
 * Turns an issue into an edition: renders it once, freezes that as version 1, and takes it out of the queue, in the caller's
 * transaction. An issue has one edition for ever; starting it again answers the one there is. Thread-safe.
 */
public final class FreezeEdition {
    private final JdbiEditions editions;
    private final JdbiIssues issues = new JdbiIssues();
    private final JdbiInstallation installation = new JdbiInstallation();
    private final IssueContent content;
    private final IssueQueue queue;
    private final Function<NewsletterId, Optional<RelayPool>> relays;
    private final URI publicUrl;
    private final FreezeVersion version;
    private final InstantSource clock;
    private final RandomGenerator random;

    /**
     * @param publicUrl as set; null when it is not
     * @param version writes version 1
     * @param random unpredictable: an edition's public id is named in links
     */
    public FreezeEdition(
            JdbiEditions editions,
            IssueContent content,
            IssueQueue queue,
            Function<NewsletterId, Optional<RelayPool>> relays,
            URI publicUrl,
            FreezeVersion version,
            InstantSource clock,
            RandomGenerator random) {
        this.editions = editions;
        this.content = content;
        this.queue = queue;
        this.relays = relays;
        this.publicUrl = publicUrl;
        this.version = version;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Freezes.
     *
     * @param slotDate the slot that starts it; empty: by hand
     * @param pace the first tries are spread over this long; zero: as fast as the relay goes
     */
    public StartOutcome freeze(
            Handle handle, Newsletter newsletter, IssueId id, Optional<LocalDate> slotDate, Duration pace) {
        Optional<StoredIssue> issue =
                issues.find(handle, id).filter(found -> found.newsletter().equals(newsletter.id()));
        if (issue.isEmpty()) {
            return refused(StartRefusal.noIssue(id));
        }
        Optional<Edition> before = editions.findByIssue(handle, id);
        if (before.isPresent()) {
            return new StartOutcome.Started(before.get(), true);
        }
        Optional<String> held = installation.heldReason(handle);
        if (held.isPresent()) {
            return refused(StartRefusal.held(held.get()));
        }
        Optional<RelayPool> relay = relays.apply(newsletter.id());
        if (relay.isEmpty()) {
            return refused(StartRefusal.relay(newsletter.settings().relay()));
        }
        List<LawGate.Missing> missing = LawGate.missing(
                newsletter.settings(), publicUrl, relay.get().relay().loopback());
        if (!missing.isEmpty()) {
            return refused(StartRefusal.law(newsletter, missing));
        }
        IssueContent.Answer answer = content.find(handle, newsletter, id, slotDate);
        if (answer instanceof IssueContent.Answer.Faulty faulty) {
            return refused(StartRefusal.content(faulty.words()));
        }
        if (!(answer instanceof IssueContent.Answer.Ready ready)) {
            return refused(StartRefusal.noIssue(id));
        }
        if (!queue.take(handle, newsletter, id)) {
            // another node may have been first: its edition is there now
            return editions.findByIssue(handle, id)
                    .<StartOutcome>map(edition -> new StartOutcome.Started(edition, true))
                    .orElseGet(() -> refused(StartRefusal.state(id, issue.get().state())));
        }
        return new StartOutcome.Started(write(handle, newsletter, id, slotDate, pace, ready), false);
    }

    private static StartOutcome refused(StartRefusal refusal) {
        return new StartOutcome.Refused(refusal);
    }

    private Edition write(
            Handle handle,
            Newsletter newsletter,
            IssueId id,
            Optional<LocalDate> slotDate,
            Duration pace,
            IssueContent.Answer.Ready content) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        EditionId edition = editions.insert(
                handle,
                random.nextLong(1, Long.MAX_VALUE),
                id,
                newsletter.id(),
                slotDate.orElse(null),
                installation.epoch(handle),
                pace,
                now,
                now.plus(DeliverySettings.expiry(newsletter.settings())));
        version.write(handle, edition, 1, newsletter, id, content, now, null);
        return editions.find(handle, edition).orElseThrow();
    }
}
