package dev.rooster.mail.dsn;

import dev.rooster.mail.dsn.NoticeRules.Place;
import dev.rooster.mail.dsn.NoticeRules.Sign;
import dev.rooster.mail.dsn.NoticeRules.Weights;
import java.util.Locale;

/**
 * Decides what a mail without a machine-readable part is, by adding up what speaks for each kind. "Auto-Submitted:
 * auto-replied" decides nothing: a third of all bounces carry it and most auto-replies do not.
 */
final class NoticeKind {
    private static final int BOUNCE_MIN = 5;
    /** Enough where both sender and title are a mail system's. */
    private static final int BOUNCE_TITLED_MIN = 4;

    private static final int AUTOREPLY_MIN = 3;
    private static final int COMPLAINT_MIN = 4;
    private static final int DELAY_MIN = 3;

    private NoticeKind() {}

    /**
     * Decides.
     *
     * @param recipient an address stands in the notice where only failed recipients do
     * @param refusal a reply code or status stands in it
     * @param returns a message is returned with it, or its header
     */
    static ParsedMail.Kind decide(
            MailContents mail, Weights weights, boolean recipient, boolean refusal, boolean returns) {
        MailHeaders top = mail.top.headers();
        int bounce = weights.of(Sign.BOUNCE, Place.FROM)
                + Math.max(weights.of(Sign.BOUNCE, Place.SUBJECT), weights.of(Sign.DELAY, Place.SUBJECT))
                + Math.max(weights.of(Sign.BOUNCE, Place.TEXT), weights.of(Sign.DELAY, Place.TEXT))
                + machine(mail)
                + (recipient ? 1 : 0)
                + (refusal ? 1 : 0)
                + (returns ? 1 : 0)
                - person(mail, weights);
        boolean daemon = isDaemon(weights);
        boolean shown = weights.of(Sign.BOUNCE, Place.SUBJECT) > 0
                || weights.of(Sign.BOUNCE, Place.TEXT) > 0
                || weights.of(Sign.DELAY, Place.SUBJECT) > 0
                || weights.of(Sign.DELAY, Place.TEXT) > 0
                || refusal
                || (returns && daemon);
        int autoreply = weights.of(Sign.AUTOREPLY) + answering(top);
        if (weights.of(Sign.COMPLAINT) >= COMPLAINT_MIN && mail.embedded != null) {
            return ParsedMail.Kind.COMPLAINT;
        }
        boolean note =
                weights.of(Sign.AUTOREPLY, Place.SUBJECT) > 0 && !daemon && weights.of(Sign.BOUNCE, Place.SUBJECT) == 0;
        boolean titled = weights.of(Sign.BOUNCE, Place.FROM) >= 2 && weights.of(Sign.BOUNCE, Place.SUBJECT) >= 2;
        if (bounce >= (titled ? BOUNCE_TITLED_MIN : BOUNCE_MIN) && shown && !note) {
            boolean delayed = weights.of(Sign.DELAY) >= DELAY_MIN;
            return delayed ? ParsedMail.Kind.DELAYED : ParsedMail.Kind.BOUNCE;
        }
        if (autoreply >= AUTOREPLY_MIN && !daemon && (person(mail, weights) < 3 || answering(top) >= AUTOREPLY_MIN)) {
            return ParsedMail.Kind.AUTOREPLY;
        }
        return ParsedMail.Kind.OTHER;
    }

    /** True if more than wording shows that a mail system wrote this. */
    static boolean showsMachine(MailContents mail, Weights weights) {
        return machine(mail) > 0 || isDaemon(weights);
    }

    /** True if the sender's name is one that only mail systems bear. */
    private static boolean isDaemon(Weights weights) {
        return weights.of(Sign.BOUNCE, Place.FROM) == 3;
    }

    /** What shows a mail system at work: the null sender (RFC 5321 §4.5.5), the report type (RFC 6522). */
    private static int machine(MailContents mail) {
        MailHeaders top = mail.top.headers();
        int points = nullSender(top) ? 2 : 0;
        String contentType = top.first("content-type");
        if (contentType != null && contentType.toLowerCase(Locale.ROOT).contains("delivery-status")) {
            points += 2;
        }
        if (!mail.statuses.isEmpty()) {
            points += 2;
        }
        if (top.has("x-failed-recipients")) {
            points += 4;
        }
        String from = top.first("from");
        if (from == null || from.contains("<>")) {
            points += 1;
        }
        return points;
    }

    /** The null sender, also as sendmail ({@code MAILER-DAEMON}) and AOL ({@code <null>}) note it. */
    private static boolean nullSender(MailHeaders top) {
        return top.all("return-path").stream()
                .map(path -> path.strip().toLowerCase(Locale.ROOT))
                .anyMatch(path -> path.equals("<>") || path.equals("<null>") || path.startsWith("<mailer-daemon"));
    }

    /** What shows a person writing, or a list: an answer, a signature of a mailing. */
    private static int person(MailContents mail, Weights weights) {
        MailHeaders top = mail.top.headers();
        if (isDaemon(weights) || nullSender(top) || !mail.statuses.isEmpty()) {
            return 0;
        }
        String subject = top.decoded("subject");
        String lower = subject == null ? "" : subject.strip().toLowerCase(Locale.ROOT);
        boolean answer = false;
        for (String prefix :
                new String[] {"re:", "fwd:", "fw:", "aw:", "wg:", "sv:", "tr:", "rv:", "답장", "전달:", "回复", "回覆", "转发"}) {
            answer |= lower.startsWith(prefix);
        }
        int points = answer ? 3 : 0;
        boolean listed = top.has("list-unsubscribe") || top.has("list-id") || top.has("user-agent");
        if (listed && weights.of(Sign.BOUNCE, Place.FROM) == 0 && weights.of(Sign.BOUNCE, Place.TEXT) < 3) {
            points += 2;
        }
        if (weights.of(Sign.BOUNCE, Place.FROM) == 0) {
            points += 1;
        }
        return points;
    }

    /** Fields with which machines that answer for people mark their mail (RFC 3834 §5 and older habits). */
    private static int answering(MailHeaders top) {
        int points = 0;
        String submitted = top.first("auto-submitted");
        if (submitted != null && submitted.toLowerCase(Locale.ROOT).startsWith("auto-replied")) {
            points += 3;
        }
        String precedence = top.first("precedence");
        if (precedence != null
                && precedence.toLowerCase(Locale.ROOT).replace('-', '_').startsWith("auto_reply")) {
            points += 3;
        }
        for (String name : new String[] {
            "x-autoreply",
            "x-autorespond",
            "x-autoresponder",
            "x-auto-reply",
            "x-vacation",
            "x-autogenerated-reply",
            "x-autoreply-from"
        }) {
            points += top.has(name) ? 3 : 0;
        }
        String generated = top.first("x-autogenerated");
        if (generated != null && generated.equalsIgnoreCase("reply")) {
            points += 3;
        }
        if (top.has("x-auto-response-suppress")) {
            points += 1;
        }
        return points;
    }
}
