package dev.rooster.web;

import dev.rooster.db.Database;
import dev.rooster.language.Language;
import dev.rooster.token.Purpose;
import io.javalin.http.Context;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/**
 * {@code /f/{token}?vote=good}: a face tapped in the mail opens the page with that face chosen; the vote counts on its button, and a comment
 * may follow.
 */
final class FeedbackPage {
    private static final Set<String> VOTES = Set.of("good", "soso", "bad");
    private static final int COMMENT_CHARS_MAX = 4_000;

    private final Visits visits;
    private final Pages pages;
    private final Messages messages;
    private final Database database;
    private final InstantSource clock;
    private final JdbiFeedback feedback = new JdbiFeedback();

    FeedbackPage(Visits visits, Pages pages, Messages messages, Database database, InstantSource clock) {
        this.visits = visits;
        this.pages = pages;
        this.messages = messages;
        this.database = database;
        this.clock = clock;
    }

    void get(Context ctx) {
        Optional<Visit> visit = visits.open(ctx.pathParam("token"), Purpose.FEEDBACK);
        Optional<String> title = visit.flatMap(this::title);
        if (title.isEmpty()) {
            messages.notFound(ctx);
        } else {
            String tapped = ctx.queryParam("vote");
            show(
                    ctx,
                    visit.orElseThrow(),
                    title.get(),
                    tapped != null && VOTES.contains(tapped) ? tapped : "",
                    false,
                    false);
        }
    }

    void post(Context ctx) {
        Optional<Visit> found = visits.open(ctx.pathParam("token"), Purpose.FEEDBACK);
        Optional<String> title = found.flatMap(this::title);
        if (title.isEmpty()) {
            messages.notFound(ctx);
            return;
        }
        Visit visit = found.orElseThrow();
        Form form = Form.of(ctx);
        String vote = form.text("vote");
        if (!VOTES.contains(vote)) {
            show(ctx, visit, title.get(), "", false, false);
            return;
        }
        String comment = form.lines("comment");
        if (!visit.test() && visit.reader().isPresent()) {
            long edition = asked(visit).orElseThrow().editionId();
            String kept = comment.length() <= COMMENT_CHARS_MAX ? comment : comment.substring(0, COMMENT_CHARS_MAX);
            feedback.vote(
                    database,
                    edition,
                    visit.reader().get().id().value(),
                    vote,
                    kept.isEmpty() ? null : kept,
                    clock.instant());
        }
        show(ctx, visit, title.get(), vote, true, !comment.isEmpty());
    }

    private Optional<String> title(Visit visit) {
        Optional<String> title = asked(visit).map(JdbiFeedback.Asked::title);
        return title.isEmpty() && visit.test() ? Optional.of("") : title;
    }

    private Optional<JdbiFeedback.Asked> asked(Visit visit) {
        return database.jdbi()
                .withHandle(handle -> feedback.find(handle, visit.token().edition()));
    }

    private void show(Context ctx, Visit visit, String issue, String vote, boolean thanks, boolean commented) {
        Language language = Pages.language(ctx, visit.readersLanguage(), visit.newslettersLanguage());
        pages.show(
                ctx,
                200,
                "feedback",
                new Views.Feedback(
                        visit.frame(),
                        issue,
                        !thanks,
                        vote.equals("good"),
                        vote.equals("soso"),
                        vote.equals("bad"),
                        vote,
                        thanks,
                        commented),
                language);
    }
}
