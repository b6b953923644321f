package dev.rooster.delivery;

import dev.rooster.issue.IssueId;
import dev.rooster.mail.CopyIdentity;
import dev.rooster.mail.DkimKey;
import dev.rooster.mail.EmailAddress;
import dev.rooster.mail.MessagePlan;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.token.Purpose;
import dev.rooster.token.Tokens;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/**
 * Makes copies of an issue for somebody who is no recipient of it: for previews and test sends. Their links open pages that
 * change nothing. Thread-safe.
 */
public final class SampleCopies {
    private final PublicLinks links;
    private final Tokens tokens;
    private final boolean unsubscribeByMail;

    /** @param unsubscribeByMail as for {@link EditionCopies} */
    public SampleCopies(PublicLinks links, Tokens tokens, boolean unsubscribeByMail) {
        this.links = links;
        this.tokens = tokens;
        this.unsubscribeByMail = unsubscribeByMail;
    }

    /**
     * Makes one.
     *
     * @param subject as the copy shows it
     * @param name what to greet the reader with; null: as if it were unknown
     * @param at its Date, whole seconds are kept
     * @param number tells the Message-IDs of copies apart
     * @param dkim what to sign with; empty: no signature
     */
    public SampleCopy make(
            Newsletter newsletter,
            IssueId issue,
            IssueContent.Answer.Ready content,
            String subject,
            EmailAddress to,
            String name,
            Instant at,
            long number,
            Optional<DkimKey> dkim) {
        MessagePlan plan = MessagePlan.compile(
                FreezeVersion.headers(newsletter.settings(), issue, subject, at.truncatedTo(ChronoUnit.SECONDS)),
                content.text(),
                content.html(),
                dkim);
        CopyIdentity identity = new CopyIdentity(
                to,
                name,
                tokens.seal(Purpose.TEST, newsletter.publicId(), number, 0) + "@"
                        + newsletter.settings().from().domain(),
                links.test("u", newsletter.publicId()),
                unsubscribeByMail
                        ? links.unsubscribeByMail(
                                newsletter.settings().bouncePrefix(),
                                newsletter.settings().bounceDomain(),
                                newsletter.publicId(),
                                0)
                        : null);
        Map<String, String> values = values(newsletter, to, name);
        return new SampleCopy(subject, content.html(), content.text(), plan, values::get, identity);
    }

    private Map<String, String> values(Newsletter newsletter, EmailAddress to, String name) {
        long id = newsletter.publicId();
        return Map.of(
                "subscriber.name",
                name == null ? "" : name,
                "subscriber.email",
                to.text(),
                "subscriber.language",
                newsletter.settings().language().tag(),
                "link.unsubscribe",
                links.test("u", id),
                "link.preferences",
                links.test("p", id),
                "link.feedback.good",
                links.test("f", id) + "?vote=good",
                "link.feedback.soso",
                links.test("f", id) + "?vote=soso",
                "link.feedback.bad",
                links.test("f", id) + "?vote=bad");
    }
}
