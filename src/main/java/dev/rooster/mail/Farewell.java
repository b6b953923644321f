package dev.rooster.mail;

import dev.rooster.mail.dsn.Category;
import dev.rooster.mail.dsn.DiagnosticClassifier;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells a relay that ends one connection, as many do after a hundred messages, from one that wants less mail: both say 421
 * (RFC 5321 §3.8, §4.2.1), and only the codes and words beside it differ. Pure.
 */
public final class Farewell {
    /** About the number of messages on this one connection: another connection is what is asked for. */
    private static final Pattern FULL = Pattern.compile(
            "\\b(messages?|e?-?mails?|transactions?|recipients?)\\b.{0,40}\\b(per|in|on|for|over) "
                    + "(this |a |one |the )?(single |same )?(smtp )?(connection|session)\\b",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern LESS = Pattern.compile(
            "\\b(too many|too fast|rate|throttl\\w*|slow(er)? down|busy|overload\\w*)\\b", Pattern.CASE_INSENSITIVE);

    /** Refusals on our account: the next connection would hear the same. */
    private static final Set<Category> ABOUT_US =
            Set.of(Category.RATE, Category.POLICY, Category.REPUTATION, Category.AUTHENTICATION, Category.GREYLISTED);

    private Farewell() {}

    /** @param reply to MAIL or RSET, or said without a question, on a connection that has taken a message */
    public static boolean isSaidIn(SmtpReply reply) {
        if (reply.firstDigit() != 4) {
            return false;
        }
        return FULL.matcher(reply.text()).find() || reply.code() == 421 && !asksForLess(reply);
    }

    /** RFC 3463: 4.7.x is policy, 4.4.5 congestion, 4.3.1 a full system. */
    private static boolean asksForLess(SmtpReply reply) {
        String enhanced = reply.enhanced() == null ? "" : reply.enhanced();
        return enhanced.startsWith("4.7.")
                || enhanced.equals("4.4.5")
                || enhanced.equals("4.3.1")
                || LESS.matcher(reply.text()).find()
                || ABOUT_US.contains(DiagnosticClassifier.standard()
                        .classify(Integer.toString(reply.code()), reply.enhanced(), reply.text())
                        .category());
    }
}
