package dev.rooster.web;

import dev.rooster.delivery.Edition;
import dev.rooster.delivery.Editions;
import dev.rooster.language.Language;
import dev.rooster.newsletter.LocalMoment;
import dev.rooster.review.ReviewCase;
import dev.rooster.review.ReviewDecision;
import dev.rooster.review.ReviewIssue;
import dev.rooster.review.ReviewOutcome;
import dev.rooster.template.Url;
import dev.rooster.token.Purpose;
import dev.rooster.token.Token;
import dev.rooster.token.Tokens;
import io.javalin.http.Context;
import java.text.NumberFormat;
import java.util.Optional;

/**
 * {@code /a/{token}}: a reviewer approves an issue, or holds it back; which of the two is in the token. GET shows who asks for
 * what and changes nothing (RFC 9110 section 9.2.1: mail scanners open every link); POST does it. No login: the link is for one
 * person and one issue, and is over when the issue is.
 */
final class ReviewPage {
    private final Tokens tokens;
    private final ReviewIssue reviews;
    private final Editions editions;
    private final Pages pages;
    private final Messages messages;
    private final Runnable wakeNotices;

    ReviewPage(
            Tokens tokens,
            ReviewIssue reviews,
            Editions editions,
            Pages pages,
            Messages messages,
            Runnable wakeNotices) {
        this.tokens = tokens;
        this.reviews = reviews;
        this.editions = editions;
        this.pages = pages;
        this.messages = messages;
        this.wakeNotices = wakeNotices;
    }

    void get(Context ctx) {
        Optional<ReviewCase> about = open(ctx);
        if (about.isEmpty()) {
            messages.notFound(ctx);
        } else {
            show(ctx, about.get(), about.get().over() ? ReviewOutcome.OVER : null);
        }
    }

    void post(Context ctx) {
        Optional<ReviewCase> about = open(ctx);
        if (about.isEmpty()) {
            messages.notFound(ctx);
            return;
        }
        Form form = Form.of(ctx);
        ReviewOutcome outcome = about.get().purpose() == Purpose.HOLD
                ? reviews.hold(about.get(), form.text("why"))
                : reviews.approve(about.get(), form.text("text"));
        wakeNotices.run();
        show(ctx, open(ctx).orElse(about.get()), outcome);
    }

    private Optional<ReviewCase> open(Context ctx) {
        Optional<Token> token = tokens.open(ctx.pathParam("token"));
        return token.flatMap(reviews::open);
    }

    /** @param outcome null: nothing was pressed yet */
    private void show(Context ctx, ReviewCase about, ReviewOutcome outcome) {
        Language ofNewsletter = about.newsletter().settings().language();
        Language language = Pages.language(ctx, ofNewsletter, ofNewsletter);
        boolean hold = about.purpose() == Purpose.HOLD;
        boolean ask = outcome == null || outcome == ReviewOutcome.CHANGED;
        pages.show(
                ctx,
                outcome == ReviewOutcome.OVER ? 410 : outcome == ReviewOutcome.CHANGED ? 409 : 200,
                "review",
                new Views.Review(
                        Frame.of(about.newsletter()).withLanguages(hold ? about.holdPath() : about.approvePath()),
                        about.issue().title(),
                        about.issue().subject().equals(about.issue().title())
                                ? ""
                                : about.issue().subject(),
                        about.reviewer(),
                        when(about, language),
                        NumberFormat.getIntegerInstance(language.locale()).format(readers(about)),
                        ask && !hold,
                        ask && hold,
                        outcome == ReviewOutcome.CHANGED,
                        about.changedSinceCopy() && about.edition().isEmpty(),
                        about.edition().isPresent(),
                        about.slotHeld(),
                        about.textHash(),
                        new Views.Review.Result(
                                outcome == ReviewOutcome.OVER,
                                outcome == ReviewOutcome.APPROVED,
                                outcome == ReviewOutcome.RESUMED,
                                outcome == ReviewOutcome.STARTED,
                                outcome == ReviewOutcome.TOO_LATE,
                                outcome == ReviewOutcome.REFUSED,
                                outcome == ReviewOutcome.HELD,
                                outcome == ReviewOutcome.PAUSED),
                        about.standing().hold().map(found -> line(about, found, language)).stream()
                                .toList(),
                        about.standing().approvals().stream()
                                .map(found -> line(about, found, language))
                                .toList(),
                        new Url(hold ? about.approvePath() : about.holdPath())),
                language);
    }

    private static String line(ReviewCase about, ReviewDecision decision, Language language) {
        String who = decision.by() + " · " + LocalMoment.of(about.newsletter(), decision.at(), language);
        return decision.note().isEmpty() ? who : who + " · " + decision.note();
    }

    private static String when(ReviewCase about, Language language) {
        return about.slot()
                .map(slot -> LocalMoment.of(about.newsletter(), slot.at(), language))
                .orElse("");
    }

    private long readers(ReviewCase about) {
        return about.edition().filter(found -> found.readyAt() != null).isPresent()
                ? about.edition().map(Edition::recipients).get()
                : editions.audience(about.newsletter());
    }
}
