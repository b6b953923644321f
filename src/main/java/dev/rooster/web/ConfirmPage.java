package dev.rooster.web;

import dev.rooster.db.Database;
import dev.rooster.language.Language;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.notice.Notice;
import dev.rooster.notice.Notices;
import dev.rooster.subscriber.ConsentMethod;
import dev.rooster.subscriber.Evidence;
import dev.rooster.subscriber.GrantOutcome;
import dev.rooster.subscriber.JdbiSubscriptions;
import dev.rooster.subscriber.Subscriber;
import dev.rooster.subscriber.SubscriptionState;
import dev.rooster.template.Url;
import dev.rooster.token.Purpose;
import dev.rooster.token.Tokens;
import io.javalin.http.Context;
import java.time.InstantSource;
import java.util.Optional;

/**
 * {@code /c/{token}}: the owner of an address confirms a sign-up. The link works once and for some days; opening it changes nothing,
 * because scanners open every link of a mail.
 */
final class ConfirmPage {
    private final Visits visits;
    private final ReaderActs acts;
    private final Notices notices;
    private final Caller caller;
    private final Pages pages;
    private final Messages messages;
    private final Database database;
    private final Tokens tokens;
    private final InstantSource clock;
    private final JdbiSubscriptions subscriptions = new JdbiSubscriptions();

    ConfirmPage(
            Visits visits,
            ReaderActs acts,
            Notices notices,
            Caller caller,
            Pages pages,
            Messages messages,
            Database database,
            Tokens tokens,
            InstantSource clock) {
        this.visits = visits;
        this.acts = acts;
        this.notices = notices;
        this.caller = caller;
        this.pages = pages;
        this.messages = messages;
        this.database = database;
        this.tokens = tokens;
        this.clock = clock;
    }

    private enum Shown {
        ASK,
        DONE,
        ALREADY,
        EXPIRED,
        BLOCKED
    }

    void get(Context ctx) {
        handle(ctx, false);
    }

    void post(Context ctx) {
        handle(ctx, true);
    }

    private void handle(Context ctx, boolean press) {
        Optional<Visit> found = visits.open(ctx.pathParam("token"), Purpose.CONFIRM);
        if (found.isEmpty() || found.get().publication().isEmpty()) {
            messages.notFound(ctx);
            return;
        }
        Visit visit = found.get();
        if (visit.test()) {
            show(ctx, visit, press ? Shown.DONE : Shown.ASK);
            return;
        }
        Optional<Notice> asked = database.jdbi()
                .withHandle(
                        handle -> notices.findConfirmation(handle, visit.token().edition()));
        if (visit.reader().isEmpty() || asked.isEmpty()) {
            messages.notFound(ctx);
        } else if (!notices.stillOpen(asked.get(), clock.instant())) {
            show(ctx, visit, isActive(visit) ? Shown.ALREADY : Shown.EXPIRED);
        } else {
            show(ctx, visit, press ? confirm(ctx, visit, asked.get()) : Shown.ASK);
        }
    }

    private Shown confirm(Context ctx, Visit visit, Notice asked) {
        Newsletter newsletter = visit.publication().orElseThrow();
        Subscriber reader = visit.reader().orElseThrow();
        Evidence evidence =
                caller.evidence(ctx, ConsentMethod.CONFIRM_LINK, "/c", "구독 확인 / Confirm: " + newsletter.name());
        GrantOutcome outcome = acts.confirm(newsletter, reader, asked, language(ctx, visit), evidence);
        if (outcome instanceof GrantOutcome.Blocked) {
            return Shown.BLOCKED;
        }
        return outcome instanceof GrantOutcome.AlreadyActive ? Shown.ALREADY : Shown.DONE;
    }

    private boolean isActive(Visit visit) {
        return database.jdbi()
                .withHandle(handle -> subscriptions.find(
                        handle,
                        visit.newsletter().orElseThrow(),
                        visit.reader().orElseThrow().id()))
                .filter(found -> found.state() == SubscriptionState.ACTIVE)
                .isPresent();
    }

    private void show(Context ctx, Visit visit, Shown shown) {
        Url preferences = visit.reader()
                .map(reader -> new Url(
                        "/p/" + tokens.seal(Purpose.PREFERENCES, visit.token().newsletter(), 0, reader.publicId())))
                .orElse(new Url(""));
        pages.show(
                ctx,
                shown == Shown.EXPIRED ? 410 : 200,
                "confirm",
                new Views.Confirm(
                        visit.frame(),
                        visit.maskedAddress(),
                        shown == Shown.ASK,
                        shown == Shown.DONE,
                        shown == Shown.ALREADY,
                        shown == Shown.EXPIRED,
                        shown == Shown.BLOCKED,
                        preferences),
                language(ctx, visit));
    }

    private static Language language(Context ctx, Visit visit) {
        return Pages.language(ctx, visit.readersLanguage(), visit.newslettersLanguage());
    }
}
