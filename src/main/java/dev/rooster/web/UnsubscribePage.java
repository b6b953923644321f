package dev.rooster.web;

import dev.rooster.db.Database;
import dev.rooster.language.Language;
import dev.rooster.newsletter.NewsletterId;
import dev.rooster.subscriber.ConsentMethod;
import dev.rooster.subscriber.Evidence;
import dev.rooster.subscriber.JdbiSubscriptions;
import dev.rooster.subscriber.RefusalScope;
import dev.rooster.subscriber.Subscriber;
import dev.rooster.subscriber.SubscriptionState;
import dev.rooster.token.Purpose;
import io.javalin.http.Context;
import java.util.Optional;

/**
 * {@code /u/{token}}. GET and HEAD show a page and change nothing; POST unsubscribes, whatever its body, because what a mail
 * program posts by itself (RFC 8058 §3.2) must work without a cookie, a redirect or a second question. Only a button of our own
 * page can ask for something else: for all newsletters, or to take it back.
 */
final class UnsubscribePage {
    private static final String ACTION = "action";

    private final Visits visits;
    private final ReaderActs acts;
    private final Caller caller;
    private final Pages pages;
    private final Messages messages;
    private final Database database;
    private final JdbiSubscriptions subscriptions = new JdbiSubscriptions();

    UnsubscribePage(Visits visits, ReaderActs acts, Caller caller, Pages pages, Messages messages, Database database) {
        this.visits = visits;
        this.acts = acts;
        this.caller = caller;
        this.pages = pages;
        this.messages = messages;
        this.database = database;
    }

    void get(Context ctx) {
        Optional<Visit> visit = visits.open(ctx.pathParam("token"), Purpose.UNSUBSCRIBE);
        if (visit.isEmpty()) {
            messages.notFound(ctx);
            return;
        }
        boolean refused = standing(visit.get())
                .filter(SubscriptionState.UNSUBSCRIBED::equals)
                .isPresent();
        show(ctx, visit.get(), !refused, refused, false);
    }

    void post(Context ctx) {
        Optional<Visit> found = visits.open(ctx.pathParam("token"), Purpose.UNSUBSCRIBE);
        if (found.isEmpty()) {
            messages.notFound(ctx);
            return;
        }
        Visit visit = found.get();
        Form form = Form.of(ctx);
        boolean undo = form.text(ACTION).equals("undo");
        if (undo && (visit.reader().isEmpty() || visit.newsletter().isEmpty())) {
            messages.notFound(ctx);
            return;
        }
        if (!visit.test()) {
            act(ctx, visit, form, undo);
        }
        show(ctx, visit, false, !undo, undo);
    }

    private void act(Context ctx, Visit visit, Form form, boolean undo) {
        Language language = language(ctx, visit);
        boolean oneClick = form.text("List-Unsubscribe").equalsIgnoreCase("One-Click") && !form.has(ACTION);
        Evidence evidence = caller.evidence(
                ctx, oneClick ? ConsentMethod.ONE_CLICK : ConsentMethod.PAGE, "/u", oneClick ? null : shown(undo));
        if (visit.reader().isEmpty() || visit.newsletter().isEmpty()) {
            acts.refuseUnknown(visit.token().newsletter(), visit.token().subscriber(), evidence);
            return;
        }
        Subscriber reader = visit.reader().get();
        NewsletterId newsletter = visit.newsletter().get();
        if (undo) {
            acts.undo(newsletter, reader, language, evidence);
        } else {
            RefusalScope scope =
                    form.text(ACTION).equals("all") ? RefusalScope.ALL_NEWSLETTERS : RefusalScope.THIS_NEWSLETTER;
            acts.refuse(newsletter, reader, scope, language, evidence);
        }
    }

    private static String shown(boolean undo) {
        return undo ? "다시 구독 / Undo" : "수신거부 / Unsubscribe";
    }

    private void show(Context ctx, Visit visit, boolean ask, boolean done, boolean undone) {
        boolean mayUndo =
                done && visit.reader().isPresent() && visit.newsletter().isPresent();
        pages.show(
                ctx,
                200,
                "unsubscribe",
                new Views.Unsubscribe(visit.frame(), visit.maskedAddress(), ask, done, undone, mayUndo, others(visit)),
                language(ctx, visit));
    }

    private Optional<SubscriptionState> standing(Visit visit) {
        if (visit.test() || visit.reader().isEmpty() || visit.newsletter().isEmpty()) {
            return Optional.empty();
        }
        return database.jdbi()
                .withHandle(handle -> subscriptions.find(
                        handle, visit.newsletter().get(), visit.reader().get().id()))
                .map(found -> found.state());
    }

    private boolean others(Visit visit) {
        return visit.reader()
                .filter(reader -> database.jdbi()
                        .withHandle(handle -> subscriptions.findAll(handle, reader.id()).stream()
                                        .filter(found -> found.state() == SubscriptionState.ACTIVE)
                                        .count()
                                > 1))
                .isPresent();
    }

    private static Language language(Context ctx, Visit visit) {
        return Pages.language(ctx, visit.readersLanguage(), visit.newslettersLanguage());
    }
}
