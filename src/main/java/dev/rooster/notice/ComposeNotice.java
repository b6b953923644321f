package dev.rooster.notice;

import dev.rooster.language.Language;
import dev.rooster.mail.DkimKey;
import dev.rooster.mail.EmailAddress;
import dev.rooster.mail.MessageBuffer;
import dev.rooster.mail.SingleMessage;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.newsletter.NewsletterSettings;
import dev.rooster.newsletter.Newsletters;
import dev.rooster.template.PageRenderer;
import dev.rooster.template.Url;
import dev.rooster.token.AddressHash;
import dev.rooster.token.Purpose;
import dev.rooster.token.Tokens;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Optional;

/** Makes the mail of a notice. The same notice gives the same Message-ID and Date whenever it is made. Thread-safe. */
public final class ComposeNotice {
    private final PageRenderer renderer;
    private final Newsletters newsletters;
    private final Tokens tokens;
    private final URI publicUrl;
    private final NoticeSettings settings;
    private final WriteCopy copies;

    /**
     * @param publicUrl where the pages are; not null
     * @param copies makes those that are copies of an issue
     */
    public ComposeNotice(
            PageRenderer renderer,
            Newsletters newsletters,
            Tokens tokens,
            URI publicUrl,
            NoticeSettings settings,
            WriteCopy copies) {
        this.renderer = renderer;
        this.newsletters = newsletters;
        this.tokens = tokens;
        this.publicUrl = publicUrl;
        this.settings = settings;
        this.copies = copies;
    }

    /** The publication in whose name a notice goes; empty when it left the settings. */
    Optional<Newsletter> newsletterOf(Notice notice) {
        return notice.newsletter() == null
                ? newsletters.all().stream().findFirst()
                : newsletters.find(notice.newsletter());
    }

    /**
     * Writes the complete mail in place of what the buffer held.
     *
     * @return why there is nothing to send any more; empty when it was written
     */
    Optional<String> write(Notice notice, Newsletter newsletter, Optional<DkimKey> key, MessageBuffer out) {
        if (notice.kind().isCopy()) {
            return copies.write(notice, newsletter, key, out);
        }
        message(notice, newsletter).write(key, out);
        return Optional.empty();
    }

    private SingleMessage message(Notice notice, Newsletter newsletter) {
        NewsletterSettings publication = newsletter.settings();
        Language language = notice.language();
        String rendered = renderer.renderText("notices/" + notice.kind().word(), model(notice, newsletter), language);
        NoticeText text = NoticeText.parse(rendered);
        String html = renderer.render(
                "notices/frame",
                new NoticeFrame(text.subject(), publication.title(), text.parts(), text.signature()),
                language);
        EmailAddress from = settings.from() == null ? publication.from() : settings.from();
        return new SingleMessage(
                from,
                publication.fromName(),
                publication.replyTo(),
                notice.recipient(),
                null,
                text.subject(),
                notice.createdAt().atZone(publication.zone()).toOffsetDateTime(),
                envelopeId(notice) + "@" + from.domain(),
                text.plain(),
                html);
    }

    /** The ENVID, and the Message-ID before its domain: in the place of an issue's edition and subscriber stand 0 and the notice. */
    String envelopeId(Notice notice) {
        return tokens.seal(Purpose.MESSAGE_ID, 0, 0, notice.publicId());
    }

    /** Where its bounce comes back. */
    String envelopeSender(Notice notice, Newsletter newsletter) {
        NewsletterSettings publication = newsletter.settings();
        return publication.bouncePrefix() + "+" + tokens.seal(Purpose.VERP, 0, 0, notice.publicId()) + "@"
                + publication.bounceDomain();
    }

    private NoticeModel model(Notice notice, Newsletter newsletter) {
        NewsletterSettings publication = newsletter.settings();
        long subscriber = AddressHash.publicId(notice.personHash());
        String preferences = notice.kind().forReaders()
                ? "p/" + tokens.seal(Purpose.PREFERENCES, newsletter.publicId(), 0, subscriber)
                : "";
        String sender = publication.identity().name().isBlank()
                ? publication.fromName()
                : publication.identity().name();
        return new NoticeModel(
                publication.title(),
                sender,
                publication.identity().email(),
                publication.identity().phone(),
                publication.identity().address(),
                notice.recipient().text(),
                date(notice.createdAt(), publication.zone(), notice.language()),
                linkUntil(notice)
                        .map(until -> date(until, publication.zone(), notice.language()))
                        .orElse(""),
                page(link(notice, newsletter, subscriber)),
                page(preferences),
                page(newsletter.name()),
                notice.payload());
    }

    /** What is to be pressed; "" for none. */
    private String link(Notice notice, Newsletter newsletter, long person) {
        if (notice.kind() == NoticeKind.CONFIRMATION) {
            return "c/" + tokens.seal(Purpose.CONFIRM, newsletter.publicId(), notice.publicId(), person);
        }
        String letter = notice.payload().get(Notices.STOP_REQUEST);
        return letter == null
                ? ""
                : "a/" + tokens.seal(Purpose.STOP_REQUEST, newsletter.publicId(), Long.parseLong(letter), person);
    }

    private Optional<Instant> linkUntil(Notice notice) {
        return notice.kind() == NoticeKind.CONFIRMATION
                ? Optional.of(notice.createdAt().plus(settings.confirmWithin()))
                : Optional.ofNullable(notice.payload().get(Notices.STOP_REQUEST_UNTIL))
                        .map(Instant::parse);
    }

    private Url page(String path) {
        if (path.isEmpty()) {
            return new Url("");
        }
        String base = publicUrl.toString();
        return new Url(base + (base.endsWith("/") ? "" : "/") + path);
    }

    static String date(Instant at, ZoneId zone, Language language) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                .withLocale(language.locale())
                .format(at.atZone(zone));
    }
}
