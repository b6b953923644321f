package dev.rooster.report;

import dev.rooster.delivery.DeliveryState;
import dev.rooster.delivery.Edition;
import dev.rooster.delivery.EditionCounts;
import dev.rooster.delivery.EditionId;
import dev.rooster.delivery.EditionListener;
import dev.rooster.delivery.JdbiEditionProviders;
import dev.rooster.delivery.JdbiEditions;
import dev.rooster.delivery.PauseReason;
import dev.rooster.delivery.ProviderTally;
import dev.rooster.language.Messages;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.newsletter.NewsletterId;
import dev.rooster.newsletter.Newsletters;
import dev.rooster.notice.NoticeKind;
import dev.rooster.notice.Notices;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Tells a newsletter's operators how an issue went, and when it stopped, in the transaction in which it did: the notice is there
 * exactly when the fact is.
 */
public final class TellOperators implements EditionListener {
    private final Notices notices;
    private final Newsletters newsletters;
    private final JdbiEditions editions = new JdbiEditions(List.of());
    private final JdbiEditionProviders providers = new JdbiEditionProviders();

    public TellOperators(Notices notices, Newsletters newsletters) {
        this.notices = notices;
        this.newsletters = newsletters;
    }

    @Override
    public void finished(Handle handle, EditionId id, NewsletterId newsletterId, Instant at) {
        newsletters.find(newsletterId).ifPresent(newsletter -> {
            Edition edition = editions.find(handle, id).orElseThrow();
            EditionCounts counts = editions.counts(handle, id);
            Messages messages = messages(newsletter);
            notices.enqueueForOperators(
                    NoticeKind.REPORT,
                    newsletter,
                    "edition " + id.value() + " finished " + at.getEpochSecond(),
                    Map.of(
                            "subject",
                            messages.text(
                                    "tell.finished.subject",
                                    newsletter.settings().title(),
                                    counts.of(DeliveryState.ACCEPTED)),
                            "body",
                            messages.text(
                                    "tell.finished",
                                    edition.issue().value(),
                                    edition.candidates(),
                                    edition.recipients(),
                                    counts.excludedAll(),
                                    counts.of(DeliveryState.ACCEPTED),
                                    counts.of(DeliveryState.REJECTED),
                                    counts.of(DeliveryState.EXPIRED),
                                    counts.of(DeliveryState.SKIPPED),
                                    counts.of(DeliveryState.UNCERTAIN),
                                    local(newsletter, edition.readyAt()),
                                    local(newsletter, at))),
                    handle);
        });
    }

    @Override
    public void paused(Handle handle, EditionId id, NewsletterId newsletterId, PauseReason reason, Instant at) {
        if (reason.kind() == PauseReason.Kind.OPERATOR) {
            return;
        }
        newsletters.find(newsletterId).ifPresent(newsletter -> {
            Edition edition = editions.find(handle, id).orElseThrow();
            Messages messages = messages(newsletter);
            withdrawProviderAlarms(handle, id, newsletter);
            notices.enqueueForOperators(
                    NoticeKind.ALARM,
                    newsletter,
                    "edition " + id.value() + " paused " + at.getEpochSecond(),
                    Map.of(
                            "subject",
                            messages.text("tell.paused.subject", edition.issue().value()),
                            "body",
                            messages.text(
                                    "tell.paused",
                                    edition.issue().value(),
                                    messages.text("tell.paused." + reason.kind()),
                                    reason.detail())),
                    handle);
        });
    }

    @Override
    public void providerPaused(
            Handle handle, EditionId id, NewsletterId newsletterId, String provider, PauseReason reason, Instant at) {
        newsletters.find(newsletterId).ifPresent(newsletter -> {
            Edition edition = editions.find(handle, id).orElseThrow();
            Messages messages = messages(newsletter);
            notices.enqueueForOperators(
                    NoticeKind.ALARM,
                    newsletter,
                    causeOfProvider(id, provider, at),
                    Map.of(
                            "subject",
                            messages.text(
                                    "tell.provider-paused.subject",
                                    edition.issue().value(),
                                    provider),
                            "body",
                            messages.text(
                                    "tell.provider-paused",
                                    edition.issue().value(),
                                    provider,
                                    messages.text("tell.paused." + reason.kind()),
                                    reason.detail(),
                                    local(newsletter, edition.expiresAt()))),
                    handle);
        });
    }

    private static String causeOfProvider(EditionId id, String provider, Instant pausedAt) {
        return "edition " + id.value() + " " + provider + " paused " + pausedAt.getEpochSecond();
    }

    /** The edition's own alarm says it all: those about single providers that have not left yet are not sent. */
    private void withdrawProviderAlarms(Handle handle, EditionId id, Newsletter newsletter) {
        for (ProviderTally tally : providers.tallies(handle, id)) {
            if (tally.paused()) {
                notices.withdrawFromOperators(
                        NoticeKind.ALARM, newsletter, causeOfProvider(id, tally.provider(), tally.pausedAt()), handle);
            }
        }
    }

    private static String local(Newsletter newsletter, Instant at) {
        return at == null
                ? "-"
                : DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss")
                        .format(at.atZone(newsletter.settings().zone()));
    }

    private static Messages messages(Newsletter newsletter) {
        return Messages.of(TellOperators.class, newsletter.settings().language());
    }
}
