package dev.rooster.web;

import dev.rooster.bounce.AnswerStopRequest;
import dev.rooster.bounce.AnswerStopRequest.Outcome;
import dev.rooster.bounce.JdbiStopRequests.Answer;
import dev.rooster.bounce.StopAnswer;
import dev.rooster.bounce.StopCase;
import dev.rooster.language.Language;
import dev.rooster.mail.AddressCheck;
import dev.rooster.mail.EmailAddress;
import dev.rooster.mail.MaskedText;
import dev.rooster.newsletter.LocalMoment;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.token.Purpose;
import dev.rooster.token.Tokens;
import io.javalin.http.Context;
import java.util.Optional;

/**
 * {@code /a/{token}} for a letter that asks to stop: an operator unsubscribes its writer, or puts it aside. GET shows what was
 * written and changes nothing (RFC 9110 section 9.2.1: mail scanners open every link); POST decides, once. No login: the link is
 * for one operator and one letter, and decides nothing more after {@link dev.rooster.bounce.StopRequest#linksUntil}.
 */
final class StopPage {
    private final Tokens tokens;
    private final AnswerStopRequest answers;
    private final Pages pages;
    private final Messages messages;
    private final Runnable wakeNotices;

    StopPage(Tokens tokens, AnswerStopRequest answers, Pages pages, Messages messages, Runnable wakeNotices) {
        this.tokens = tokens;
        this.answers = answers;
        this.pages = pages;
        this.messages = messages;
        this.wakeNotices = wakeNotices;
    }

    /** Whether a link is one to such a letter; what else is on this path is not for this page. */
    boolean isMeant(Context ctx) {
        return tokens.open(ctx.pathParam("token"))
                .filter(token -> token.purpose() == Purpose.STOP_REQUEST)
                .isPresent();
    }

    void get(Context ctx) {
        open(ctx).ifPresentOrElse(about -> show(ctx, about, null), () -> messages.notFound(ctx));
    }

    void post(Context ctx) {
        Optional<StopCase> about = open(ctx);
        if (about.isEmpty()) {
            messages.notFound(ctx);
            return;
        }
        Outcome outcome = null;
        Optional<Answer> answer = pressed(Form.of(ctx));
        if (about.get().isOpen() && answer.isPresent()) {
            outcome = answers.answer(about.get().request(), answer.get(), by(about.get()));
            wakeNotices.run();
        }
        show(ctx, open(ctx).orElse(about.get()), outcome);
    }

    /** Anything but a button of ours decides nothing. */
    private static Optional<Answer> pressed(Form form) {
        return switch (form.text("action")) {
            case "refuse" -> Optional.of(Answer.REFUSED);
            case "dismiss" -> Optional.of(Answer.DISMISSED);
            default -> Optional.empty();
        };
    }

    private static String by(StopCase about) {
        return about.operator().isEmpty() ? "page" : about.operator();
    }

    private Optional<StopCase> open(Context ctx) {
        return tokens.open(ctx.pathParam("token")).flatMap(answers::open);
    }

    /** @param outcome null: nothing was pressed */
    private void show(Context ctx, StopCase about, Outcome outcome) {
        Newsletter newsletter = about.newsletter();
        Language ofNewsletter = newsletter.settings().language();
        Language language = Pages.language(ctx, ofNewsletter, ofNewsletter);
        Answer decided = about.answer().map(StopAnswer::answer).orElse(null);
        boolean refused = decided == Answer.REFUSED;
        boolean dismissed = decided == Answer.DISMISSED;
        boolean done = outcome == Outcome.DONE;
        boolean expired = about.answer().isEmpty() && !about.settled() && about.expired();
        pages.show(
                ctx,
                expired ? 410 : 200,
                "stop",
                new Views.Stop(
                        Frame.of(newsletter).withLanguages(ctx.path()),
                        sender(about.request().sender()),
                        MaskedText.of(about.request().words()),
                        LocalMoment.of(newsletter, about.request().receivedAt(), language),
                        about.person().map(found -> found.address().masked()).orElse(""),
                        about.request().newsletter() == null,
                        LocalMoment.of(newsletter, about.request().linksUntil(), language),
                        about.isOpen(),
                        new Views.Stop.Result(
                                done && refused,
                                done && dismissed,
                                !done && refused,
                                !done && dismissed,
                                about.settled(),
                                expired),
                        about.answer()
                                .map(found -> found.by() + " · " + LocalMoment.of(newsletter, found.at(), language))
                                .orElse(""),
                        about.operator()),
                language);
    }

    /** What a stranger wrote for an address may be none. */
    private static String sender(String sender) {
        return EmailAddress.check(sender) instanceof AddressCheck.Valid valid
                ? valid.address().masked()
                : "";
    }
}
