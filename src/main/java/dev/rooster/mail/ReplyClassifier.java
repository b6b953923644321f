package dev.rooster.mail;

import dev.rooster.mail.ReplyVerdict.Disposition;
import dev.rooster.mail.dsn.Category;
import dev.rooster.mail.dsn.DiagnosticClassifier;
import dev.rooster.mail.dsn.DiagnosticClassifier.Classified;
import dev.rooster.mail.dsn.DiagnosticClassifier.Stage;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Decides what a reply means. The first digit decides between success, retry and refusal, whatever the other digits are
 * (RFC 5321 §4.2.1, §4.3.2); where it came decides between recipient and relay; what {@link DiagnosticClassifier} reads
 * in codes and words decides whose fault a refusal is. Pure.
 */
public final class ReplyClassifier {
    /** Before any envelope: a refusal is about the relay or our login there (RFC 5321 §3.1, RFC 3207, RFC 4954). */
    private static final Set<SmtpCommand> ABOUT_THE_CONNECTION = Set.of(
            SmtpCommand.CONNECT,
            SmtpCommand.EHLO,
            SmtpCommand.STARTTLS,
            SmtpCommand.AUTH,
            SmtpCommand.RSET,
            SmtpCommand.QUIT);
    /** Authentication required, refused, or too weak (RFC 4954 §6): never about the recipient. */
    private static final Set<Integer> ABOUT_OUR_LOGIN = Set.of(530, 534, 535, 538);
    /** Command or parameter not known, or out of order (RFC 5321 §4.2.2): about what we said, unless words say more. */
    private static final Set<Integer> ABOUT_OUR_COMMANDS = Set.of(500, 502, 503, 504, 555);
    /** The whole system is full or closed for now (RFC 3463 §3.4), not one mailbox. */
    private static final Set<String> SYSTEM_CLOSED = Set.of("4.3.1", "4.3.2");

    /** RFC 6531 §3.5: this address is beyond what this relay can carry. No other recipient is concerned, and nobody's fault. */
    private static final String NEEDS_SMTPUTF8 = "5.6.7";

    private ReplyClassifier() {}

    /**
     * @param at the command that was answered; {@link SmtpCommand#BODY} for the final dot
     */
    public static ReplyVerdict classify(SmtpReply reply, SmtpCommand at) {
        return switch (reply.firstDigit()) {
            case 2 -> at == SmtpCommand.DATA ? outOfStep() : accepted();
            case 3 -> at == SmtpCommand.DATA || at == SmtpCommand.AUTH ? accepted() : outOfStep();
            case 4 -> temporary(reply, at);
            default -> refused(reply, at);
        };
    }

    private static ReplyVerdict accepted() {
        return new ReplyVerdict(Disposition.ACCEPTED, Category.OTHER, false, Optional.empty());
    }

    /** A reply that cannot answer this command belongs to another one: nothing on this connection can be believed. */
    private static ReplyVerdict outOfStep() {
        return new ReplyVerdict(Disposition.RELAY_DOWN, Category.SYSTEM, false, Optional.empty());
    }

    private static ReplyVerdict temporary(SmtpReply reply, SmtpCommand at) {
        Category category = classified(reply, at).category();
        // 421 closes the channel at any point (RFC 5321 §3.8); MAIL is answered before the server knows for whom.
        boolean relay = reply.code() == 421
                || at == SmtpCommand.MAIL
                || ABOUT_THE_CONNECTION.contains(at)
                || reply.enhanced() != null && SYSTEM_CLOSED.contains(reply.enhanced());
        Disposition disposition = relay ? Disposition.RELAY_DOWN : Disposition.DEFER;
        return new ReplyVerdict(disposition, category, false, retryHint(reply));
    }

    private static ReplyVerdict refused(SmtpReply reply, SmtpCommand at) {
        Classified found = classified(reply, at);
        Disposition disposition = disposition(reply, at, found);
        boolean hard = disposition == Disposition.REJECT_ADDRESS;
        boolean retried = disposition == Disposition.RELAY_DOWN;
        Category category = at == SmtpCommand.MAIL && found.category() == Category.OTHER
                ? Category.SENDER
                : ABOUT_OUR_LOGIN.contains(reply.code()) ? Category.AUTHENTICATION : found.category();
        return new ReplyVerdict(disposition, category, hard, retried ? retryHint(reply) : Optional.empty());
    }

    private static Disposition disposition(SmtpReply reply, SmtpCommand at, Classified found) {
        if (ABOUT_THE_CONNECTION.contains(at)) {
            return Disposition.RELAY_DOWN;
        }
        if (at == SmtpCommand.MAIL || ABOUT_OUR_LOGIN.contains(reply.code())) {
            return Disposition.PAUSE_SENDER;
        }
        if (at == SmtpCommand.RCPT && NEEDS_SMTPUTF8.equals(reply.enhanced())) {
            return Disposition.REJECT_OTHER;
        }
        return switch (found.verdict()) {
            case HARD -> Disposition.REJECT_ADDRESS;
            case SENDER_FAULT -> Disposition.PAUSE_SENDER;
            case SOFT, NONE ->
                found.category() == Category.OTHER && ABOUT_OUR_COMMANDS.contains(reply.code())
                        ? Disposition.PAUSE_SENDER
                        : Disposition.REJECT_OTHER;
        };
    }

    private static Classified classified(SmtpReply reply, SmtpCommand at) {
        Stage stage = at == SmtpCommand.BODY ? Stage.MESSAGE : Stage.RECIPIENT;
        return DiagnosticClassifier.standard()
                .classify(Integer.toString(reply.code()), agreeing(reply), reply.text(), stage);
    }

    /**
     * The enhanced code with the class of the reply code: they must agree (RFC 2034 §4), and where they do not, the reply
     * code is the one that the protocol acts on.
     */
    private static String agreeing(SmtpReply reply) {
        return reply.enhanced() == null
                ? null
                : reply.firstDigit() + reply.enhanced().substring(1);
    }

    private static Optional<Duration> retryHint(SmtpReply reply) {
        return RetryHint.in(reply.text());
    }
}
