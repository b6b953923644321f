package dev.rooster.delivery;

import dev.rooster.issue.IssueId;
import dev.rooster.mail.MessageHeaders;
import dev.rooster.mail.SkeletonText;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.newsletter.NewsletterSettings;
import java.time.Instant;
import java.util.function.IntSupplier;
import org.jdbi.v3.core.Handle;

/** Writes one more version of an edition: what is sent from now on, made of the settings and keys of this moment. Thread-safe. */
public final class FreezeVersion {
    private final JdbiEditionVersions versions = new JdbiEditionVersions();
    private final IntSupplier tokenKey;

    /** @param tokenKey the id of the newest token key */
    public FreezeVersion(IntSupplier tokenKey) {
        this.tokenKey = tokenKey;
    }

    /**
     * Writes it.
     *
     * @param version from 1, never one that is there
     * @param releasedAt the Date of every copy, a whole second
     * @param changes what it says otherwise than the one before it, as {@code IssueDifference} keeps it; null for the first
     */
    void write(
            Handle handle,
            EditionId edition,
            int version,
            Newsletter newsletter,
            IssueId issue,
            IssueContent.Answer.Ready content,
            Instant releasedAt,
            String changes) {
        NewsletterSettings settings = newsletter.settings();
        versions.insert(
                handle,
                edition,
                version,
                headers(settings, issue, content.subject(), releasedAt),
                content,
                releasedAt,
                new Origin(tokenKey.getAsInt(), settings.bouncePrefix(), settings.bounceDomain()),
                changes);
    }

    /** Whether a freeze would make what this version is, but for its Date and the key of its tokens. */
    boolean wouldBe(EditionVersion version, Newsletter newsletter, IssueId issue, IssueContent.Answer.Ready content) {
        NewsletterSettings settings = newsletter.settings();
        Origin origin = version.origin();
        return version.headers().equals(headers(settings, issue, content.subject(), version.releasedAt()))
                && SkeletonText.format(version.html()).equals(SkeletonText.format(content.html()))
                && SkeletonText.format(version.text()).equals(SkeletonText.format(content.text()))
                && (origin == null
                        || origin.bouncePrefix().equals(settings.bouncePrefix())
                                && origin.bounceDomain().equals(settings.bounceDomain()));
    }

    /** The headers that all copies share. */
    static MessageHeaders headers(NewsletterSettings settings, IssueId id, String subject, Instant releasedAt) {
        return new MessageHeaders(
                settings.from(),
                settings.fromName(),
                settings.replyTo(),
                subject,
                releasedAt.atZone(settings.zone()).toOffsetDateTime(),
                settings.title(),
                settings.listId(),
                id + ":" + settings.name() + ":issue:" + settings.feedbackSenderId());
    }
}
