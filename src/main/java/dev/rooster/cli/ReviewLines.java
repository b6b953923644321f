package dev.rooster.cli;

import dev.rooster.issue.IssueId;
import dev.rooster.language.DisplayWidth;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.review.IssueReviews;
import dev.rooster.review.PastMoment;
import dev.rooster.review.Rehearsal;
import dev.rooster.review.ReviewDecision;
import dev.rooster.review.ReviewStanding;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Says what went out of an issue before its readers got it, and who decided what about it. */
final class ReviewLines {
    private final IssueTexts texts;
    private final Newsletter newsletter;
    private final List<PastMoment> moments;
    private final List<ReviewDecision> decisions;
    private final ReviewStanding standing;
    private final Rehearsal rehearsal;

    private ReviewLines(
            IssueTexts texts,
            Newsletter newsletter,
            List<PastMoment> moments,
            List<ReviewDecision> decisions,
            ReviewStanding standing,
            Rehearsal rehearsal) {
        this.texts = texts;
        this.newsletter = newsletter;
        this.moments = moments;
        this.decisions = decisions;
        this.standing = standing;
        this.rehearsal = rehearsal;
    }

    static ReviewLines of(Session session, Newsletter newsletter, IssueId issue) {
        IssueReviews reviews = new IssueReviews();
        return session.app()
                .database()
                .jdbi()
                .withHandle(handle -> new ReviewLines(
                        new IssueTexts(session),
                        newsletter,
                        reviews.moments(handle, issue),
                        reviews.decisions(handle, issue),
                        reviews.standing(handle, issue),
                        reviews.rehearsal(handle, issue)));
    }

    void print(Console console) {
        for (PastMoment moment : moments) {
            String key = "show.moment." + moment.moment().word();
            String when = texts.text(
                    moment.sent() ? "show.moment.sent" : "show.moment.missed",
                    moment.slot().toString(),
                    local(moment.sent() ? moment.at() : moment.plannedAt()));
            line(console, texts.text(key), when);
        }
        String name = texts.text("show.rehearsal");
        for (Rehearsal.Finding finding : rehearsal.findings()) {
            line(console, name, finding.severity().sign() + " " + finding.words());
            if (!finding.mend().isEmpty()) {
                line(console, "", "  → " + finding.mend());
            }
            name = "";
        }
        standing.hold().ifPresent(hold -> line(console, texts.text("show.hold"), words(hold)));
        standing.approvals().forEach(approval -> line(console, texts.text("show.approval"), words(approval)));
    }

    private static void line(Console console, String name, String value) {
        console.println("  " + DisplayWidth.pad(name, 10) + value);
    }

    private String words(ReviewDecision decision) {
        String who = decision.by() + "  " + local(decision.at());
        return decision.note().isEmpty() ? who : who + "  " + decision.note();
    }

    private String local(Instant at) {
        return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT)
                .format(at.atZone(newsletter.settings().zone()));
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("held", standing.hold().isPresent());
        json.put("approved", standing.approved());
        json.put("moments", moments.stream().map(ReviewLines::json).toList());
        json.put(
                "rehearsal",
                rehearsal.findings().stream().map(ReviewLines::json).toList());
        json.put("decisions", decisions.stream().map(ReviewLines::json).toList());
        return json;
    }

    private static Map<String, Object> json(Rehearsal.Finding finding) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("severity", finding.severity().name().toLowerCase(Locale.ROOT));
        json.put("words", finding.words());
        json.put("mend", finding.mend());
        return json;
    }

    private static Map<String, Object> json(PastMoment moment) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("moment", moment.moment().word());
        json.put("slot", moment.slot().toString());
        json.put("sent", moment.sent());
        json.put("planned", moment.plannedAt().toString());
        json.put("at", moment.at().toString());
        return json;
    }

    private static Map<String, Object> json(ReviewDecision decision) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("decision", decision.kind().name().toLowerCase(Locale.ROOT));
        json.put("by", decision.by());
        json.put("at", decision.at().toString());
        json.put("note", decision.note());
        return json;
    }
}
