package dev.rooster.mail.dsn;

import dev.rooster.mail.dsn.DiagnosticClassifier.Classified;
import dev.rooster.mail.dsn.DiagnosticClassifier.Stage;

/**
 * Weighs what a mail system is said to have answered about one recipient, told by itself instead of in a report. Pure.
 */
public final class JudgeReply {
    private static final Classified SUCCESS = new Classified(Category.OTHER, Verdict.NONE, "success");

    private JudgeReply() {}

    /**
     * What an answer means.
     *
     * @param address never null or empty
     * @param status a text with an enhanced status code in it, or null
     * @param replyCode three digits, or null; anything else counts as null
     * @param text the answer; null counts as empty
     * @param otherwise what to think where no rule knows code and words; null: soft, for an unknown reason
     */
    public static ReportedRecipient judge(
            String address, Action action, String status, String replyCode, String text, Classified otherwise) {
        String said = text == null ? "" : text;
        ReplyCodes inText = ReplyCodes.in(said);
        String reply = replyCode != null && replyCode.matches("[2-5][0-9]{2}") ? replyCode : inText.reply();
        String known = JudgeRecipient.statusOf(ReplyCodes.statusIn(status), inText.enhanced(), reply);
        Classified found = action.success() ? SUCCESS : classify(reply, known, said, otherwise);
        return new ReportedRecipient(
                address,
                null,
                action,
                known,
                reply,
                JudgeRecipient.oneLine(said),
                null,
                found.category(),
                action == Action.FAILED ? found.verdict() : Verdict.NONE,
                found.why());
    }

    private static Classified classify(String reply, String status, String text, Classified otherwise) {
        Stage stage = DiagnosticClassifier.saysAfterMessage(text) ? Stage.MESSAGE : Stage.RECIPIENT;
        Classified found = DiagnosticClassifier.standard().classify(reply, status, text, stage);
        return found.category() == Category.OTHER && otherwise != null ? otherwise : found;
    }
}
