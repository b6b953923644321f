package dev.rooster.web;

import dev.rooster.template.Url;
import java.util.List;

/** What each page's template may name; the template of {@code Views.X} is {@code templates/pages/x.html.mustache}. */
final class Views {
    private Views() {}

    /**
     * @param address masked; empty when nobody is known
     * @param ask the question; else the answer
     * @param done the person is unsubscribed
     * @param undone the person took it back
     * @param others the person may read other newsletters, which "all" would end
     */
    record Unsubscribe(
            Frame frame, String address, boolean ask, boolean done, boolean undone, boolean mayUndo, boolean others) {}

    /** Exactly one of the flags is set. */
    record Confirm(
            Frame frame,
            String address,
            boolean ask,
            boolean done,
            boolean already,
            boolean expired,
            boolean blocked,
            Url preferences) {}

    record Preferences(
            Frame frame,
            String address,
            String name,
            boolean inKorean,
            boolean inEnglish,
            List<Choice> choices,
            boolean saved,
            boolean blocked,
            boolean eraseUnsure,
            boolean erased,
            String erasedOn) {
        /** A newsletter to have or not to have. */
        record Choice(String id, String title, String line, boolean chosen) {}
    }

    record Feedback(
            Frame frame,
            String issue,
            boolean ask,
            boolean good,
            boolean soso,
            boolean bad,
            String vote,
            boolean thanks,
            boolean commented) {}

    record Signup(
            Frame frame,
            String brandLine,
            String slotLine,
            String email,
            String name,
            List<String> consent,
            List<String> marketing,
            boolean askMarketing,
            boolean badEmail,
            boolean noConsent,
            boolean sent,
            Url archive,
            Url feed) {}

    record Archive(Frame frame, String slotLine, List<Entry> entries, boolean any, Url older, Url feed) {
        record Entry(String title, String date, String isoDate, Url link) {}
    }

    record Home(Frame frame, List<Entry> newsletters) {
        record Entry(String title, String line, Url link) {}
    }

    /**
     * @param subject empty: it is the title
     * @param reviewer whose link it is
     * @param when its slot in words; empty: it waits for none
     * @param readers how many get it, or would now
     * @param askApprove the question whether to approve it; else the other, or the answer
     * @param changed it was changed while the page was open; nothing was recorded
     * @param changedSinceCopy its text is another than that of the copy the link came with
     * @param begun its sending has begun
     * @param waits its slot came and it was not started
     * @param shown what the question is about, given back with the answer
     * @param heldBy who, when and why; at most one line
     * @param approvedBy likewise, a line each
     * @param other the page with the other question
     */
    record Review(
            Frame frame,
            String title,
            String subject,
            String reviewer,
            String when,
            String readers,
            boolean askApprove,
            boolean askHold,
            boolean changed,
            boolean changedSinceCopy,
            boolean begun,
            boolean waits,
            String shown,
            Result result,
            List<String> heldBy,
            List<String> approvedBy,
            Url other) {
        /** What came of it; at most one flag is set. */
        record Result(
                boolean over,
                boolean approved,
                boolean resumed,
                boolean started,
                boolean late,
                boolean refused,
                boolean held,
                boolean paused) {}
    }

    /**
     * @param sender masked; empty: what stands there is no address
     * @param words what they wrote
     * @param when it came
     * @param reader whom it seems to be about, masked; empty: nobody known here
     * @param all a refusal is from all newsletters, since it is not clear which one they mean
     * @param until when the link decides nothing more
     * @param ask the question; else the answer
     * @param by who decided, and when; empty: nobody yet
     * @param operator whose link it is; empty: whoever has it
     */
    record Stop(
            Frame frame,
            String sender,
            String words,
            String when,
            String reader,
            boolean all,
            String until,
            boolean ask,
            Result result,
            String by,
            String operator) {
        /** What was decided; at most one flag is set. */
        record Result(
                boolean refused,
                boolean dismissed,
                boolean refusedBefore,
                boolean dismissedBefore,
                boolean settled,
                boolean expired) {}
    }

    /** Exactly one of the flags is set. */
    record Message(Frame frame, boolean notFound, boolean tooMany, boolean tooLarge, boolean broken) {}

    /** What the consent at sign-up is about; rendered as text, shown on the page and kept as evidence. */
    record Consent(String newsletter, String sender, String email) {}
}
