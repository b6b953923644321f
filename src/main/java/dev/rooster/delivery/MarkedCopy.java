package dev.rooster.delivery;

import dev.rooster.issue.AdvertisingMark;
import dev.rooster.language.Language;
import dev.rooster.language.Messages;
import dev.rooster.mail.MessageHeaders;
import dev.rooster.mail.Segment;
import dev.rooster.mail.Skeleton;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version as it is sent again to one person: subject and both parts say so.
 *
 * @param headers with a Date of its own
 */
record MarkedCopy(MessageHeaders headers, Skeleton text, Skeleton html) {
    private static final Pattern BODY = Pattern.compile("<body\\b[^>]*>", Pattern.CASE_INSENSITIVE);

    static MarkedCopy of(EditionVersion version, Language language, OffsetDateTime date) {
        Messages messages = Messages.of(MarkedCopy.class, language);
        MessageHeaders before = version.headers();
        AdvertisingMark advertising = AdvertisingMark.read(before.subject());
        String marked = messages.text("resent-copy.subject", advertising.rest());
        MessageHeaders headers = new MessageHeaders(
                before.from(),
                before.fromName(),
                before.replyTo(),
                advertising.exact() ? AdvertisingMark.PREFIX + " " + marked : marked,
                date,
                before.listName(),
                before.listId(),
                before.feedbackId());
        String note = messages.text("resent-copy.note");
        List<Segment> text = new ArrayList<>(version.text().segments());
        text.add(0, new Segment.Fixed(note + "\n\n"));
        return new MarkedCopy(headers, new Skeleton(text), html(version.html(), "<p>" + note + "</p>"));
    }

    /** Right after the body's tag; in a fragment without one, at its beginning. */
    private static Skeleton html(Skeleton html, String note) {
        List<Segment> segments = new ArrayList<>(html.segments());
        for (int i = 0; i < segments.size(); i++) {
            if (segments.get(i) instanceof Segment.Fixed fixed) {
                Matcher body = BODY.matcher(fixed.text());
                if (body.find()) {
                    String with = fixed.text().substring(0, body.end())
                            + note
                            + fixed.text().substring(body.end());
                    segments.set(i, new Segment.Fixed(with));
                    return new Skeleton(segments);
                }
            }
        }
        segments.add(0, new Segment.Fixed(note));
        return new Skeleton(segments);
    }
}
