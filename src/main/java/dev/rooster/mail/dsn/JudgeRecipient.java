package dev.rooster.mail.dsn;

import dev.rooster.mail.dsn.DiagnosticClassifier.Classified;
import dev.rooster.mail.dsn.DiagnosticClassifier.Stage;
import java.util.Set;

/**
 * Weighs what a report says about one recipient. Words go before codes and the nearer before the farther: the
 * diagnostic field, the reason beside the address, the transcript, a telling code, the whole notice, a general code.
 */
final class JudgeRecipient {
    private static final int DIAGNOSTIC_MAX = 1000;
    private static final String SENDMAIL_REASON = "(reason: ";

    /** The frame of a notice speaks of systems, later tries and security without meaning this refusal. */
    private static final Set<Category> FRAME = Set.of(Category.POLICY, Category.SYSTEM, Category.REPUTATION);

    private final DiagnosticClassifier classifier;
    private final LayoutRules layout;
    private final RecipientFinder finder;
    private final String notice;

    JudgeRecipient(DiagnosticClassifier classifier, LayoutRules layout, RecipientFinder finder, String notice) {
        this.classifier = classifier;
        this.layout = layout;
        this.finder = finder;
        this.notice = notice;
    }

    /**
     * What is known about one recipient before it is judged; all but address and action may be null.
     *
     * @param reason the lines of the notice that belong to it
     */
    record Evidence(
            String address,
            String original,
            Action action,
            String status,
            String diagnostic,
            String remoteHost,
            String reason) {}

    /** @param single the report is about nobody else, so that the whole notice speaks of this recipient */
    ReportedRecipient judge(Evidence known, boolean single) {
        String diagnostic = orEmpty(known.diagnostic());
        String reason = orEmpty(known.reason());
        String transcript = finder.transcriptOf(known.address());
        ReplyCodes codes = codes(diagnostic, reason, transcript, single ? notice : "");
        String status = statusOf(known.status(), codes.enhanced(), codes.reply());
        Classified found = new Classified(Category.OTHER, Verdict.NONE, "success");
        if (!known.action().success()) {
            String enhanced = codes.enhanced() == null ? known.status() : codes.enhanced();
            Stage stage = afterMessage(diagnostic, reason) ? Stage.MESSAGE : Stage.RECIPIENT;
            Refusal refusal = new Refusal(codes.reply(), enhanced, stage);
            found = classify(refusal, diagnostic, reason, transcript, single);
        }
        if (known.action() == Action.DELAYED) {
            found = new Classified(found.category(), Verdict.NONE, found.why());
        }
        String shown = !diagnostic.isBlank() ? diagnostic : !reason.isBlank() ? reason : transcript;
        return new ReportedRecipient(
                known.address(),
                known.original(),
                known.action(),
                status,
                codes.reply(),
                oneLine(shown),
                known.remoteHost(),
                found.category(),
                found.verdict(),
                found.why());
    }

    private record Refusal(String reply, String enhanced, Stage stage) {}

    private Classified classify(Refusal refusal, String diagnostic, String reason, String transcript, boolean single) {
        String quoted = single && layout.quoted(reason) == null ? layout.quoted(notice) : null;
        String reply = single ? finder.firstReply() : "";
        for (String text : new String[] {diagnostic, orEmpty(quoted), reason, transcript, reply}) {
            Classified found = byWording(refusal, text, Set.of());
            if (found != null) {
                return found;
            }
        }
        boolean telling = refusal.enhanced() != null && !refusal.enhanced().endsWith(".0.0");
        Classified found = telling ? classifier.byCode(refusal.reply(), refusal.enhanced()) : null;
        if (found == null && single) {
            found = byWording(refusal, notice, FRAME);
        }
        if (found == null) {
            found = classifier.byCode(refusal.reply(), refusal.enhanced());
        }
        return found == null ? DiagnosticClassifier.NO_RULE : found;
    }

    private Classified byWording(Refusal refusal, String text, Set<Category> except) {
        if (text.isBlank()) {
            return null;
        }
        String quoted = layout.quoted(text);
        Classified found = quoted == null
                ? null
                : classifier.byWording(refusal.reply(), refusal.enhanced(), quoted, refusal.stage(), except);
        return found != null
                ? found
                : classifier.byWording(refusal.reply(), refusal.enhanced(), text, refusal.stage(), except);
    }

    private boolean afterMessage(String diagnostic, String reason) {
        return DiagnosticClassifier.saysAfterMessage(diagnostic)
                || DiagnosticClassifier.saysAfterMessage(reason)
                || finder.answersMessage(diagnostic)
                || finder.answersMessage(inBrackets(reason));
    }

    /** What sendmail repeats of a reply beside the address: {@code (reason: 550 …)}. */
    private static String inBrackets(String reason) {
        if (!reason.startsWith(SENDMAIL_REASON)) {
            return "";
        }
        int end = reason.endsWith(")") ? reason.length() - 1 : reason.length();
        return reason.substring(SENDMAIL_REASON.length(), Math.max(end, SENDMAIL_REASON.length()));
    }

    private static ReplyCodes codes(String... texts) {
        for (String text : texts) {
            ReplyCodes codes = ReplyCodes.in(text);
            if (!codes.equals(ReplyCodes.NONE)) {
                return codes;
            }
        }
        return ReplyCodes.NONE;
    }

    /** The most telling status: the field's, unless it is general and the server's words have a better one. */
    static String statusOf(String field, String enhanced, String reply) {
        if (field != null && !(field.endsWith(".0.0") && enhanced != null)) {
            return field;
        }
        if (enhanced != null) {
            return enhanced;
        }
        return reply == null ? null : reply.charAt(0) + ".0.0";
    }

    static String oneLine(String text) {
        int start = 0;
        while (start < text.length() && " \t\n\">:;,.)=-".indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        StringBuilder line = new StringBuilder();
        for (int i = start; i < text.length() && line.length() < DIAGNOSTIC_MAX; i++) {
            char c = text.charAt(i);
            if (c > ' ' && c != 0x7F) {
                line.append(c);
            } else if (line.length() > 0 && line.charAt(line.length() - 1) != ' ') {
                line.append(' ');
            }
        }
        return line.toString().strip();
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }
}
