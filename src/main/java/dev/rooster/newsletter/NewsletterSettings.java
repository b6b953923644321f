package dev.rooster.newsletter;

import dev.rooster.language.Language;
import dev.rooster.mail.EmailAddress;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One entry of {@code newsletters:} in the settings. Immutable; nothing is null except {@code replyTo}. Made by
 * {@link NewsletterSettingsBuilder}, which knows the defaults.
 *
 * @param name the key in the settings and the first segment of the public pages; see {@link NewsletterName}
 * @param title what readers know it as
 * @param language of the mail's own words, of pages and of notices, where the reader's is not known
 * @param zone in which slots, dates and week labels are reckoned
 * @param slot when it appears
 * @param from sender of every issue and notice
 * @param fromName display name of the sender
 * @param replyTo where answers go; null: to the sender
 * @param identity who answers for it by law; may be incomplete, see {@link LawGate}
 * @param brandLine one line about the newsletter at the foot of an issue
 * @param slotLine one line saying when it comes
 * @param feedbackAsk the standing question above the three faces
 * @param templateDir folder of its own templates, below the installation's {@code templates/}; empty: none of its own
 * @param bounceDomain domain of the envelope sender, where bounces come back (VERP)
 * @param bouncePrefix first letters of the envelope sender's local part, before {@code +}
 * @param listId of the List-Id header, without {@code <>} (RFC 2919 section 2)
 * @param feedbackSenderId last field of Feedback-ID: 5–15 characters, constant for ever
 * @param weekLabelPattern how the week of the news is written; empty: as the language does
 * @param catchUp how late a slot may still be sent without asking
 * @param expiry how long after its start an issue is still tried
 * @param relay name of the relay that carries it
 * @param pace spread the first tries at a slot over this long, a small part first; zero: as fast as the relay takes them
 * @param operators get reports, reminders and alarms
 * @param review who sees an issue before its readers, and when
 */
public record NewsletterSettings(
        String name,
        String title,
        Language language,
        ZoneId zone,
        SlotRule slot,
        EmailAddress from,
        String fromName,
        EmailAddress replyTo,
        Identity identity,
        String brandLine,
        String slotLine,
        String feedbackAsk,
        String templateDir,
        String bounceDomain,
        String bouncePrefix,
        String listId,
        String feedbackSenderId,
        String weekLabelPattern,
        Duration catchUp,
        Duration expiry,
        String relay,
        Duration pace,
        List<EmailAddress> operators,
        ReviewSettings review) {

    /** What an issue's first tries are spread over, unless the newsletter says otherwise: time to look and to stop. */
    public static final Duration PACE = Duration.ofMinutes(10);

    private static final Pattern BOUNCE_PREFIX = Pattern.compile("[a-z0-9]{1,8}");
    private static final Pattern FEEDBACK_SENDER_ID = Pattern.compile("[A-Za-z0-9_.-]{5,15}");

    public NewsletterSettings {
        require(NewsletterName.problemOf(name).isEmpty(), "name", name);
        require(!title.isBlank(), "title", title);
        require(!fromName.isBlank(), "fromName", fromName);
        require(BOUNCE_PREFIX.matcher(bouncePrefix).matches(), "bouncePrefix", bouncePrefix);
        require(FEEDBACK_SENDER_ID.matcher(feedbackSenderId).matches(), "feedbackSenderId", feedbackSenderId);
        require(!catchUp.isNegative(), "catchUp", catchUp);
        require(!expiry.isNegative() && !expiry.isZero(), "expiry", expiry);
        require(!pace.isNegative() && pace.compareTo(expiry) < 0, "pace", pace);
        operators = List.copyOf(operators);
    }

    private static void require(boolean holds, String field, Object found) {
        if (!holds) {
            throw new IllegalArgumentException("newsletter " + field + " can't be '" + found + "'");
        }
    }
}
