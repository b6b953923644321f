package dev.rooster.web;

import dev.rooster.db.Database;
import dev.rooster.language.Language;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.newsletter.NewsletterId;
import dev.rooster.newsletter.Newsletters;
import dev.rooster.subscriber.ConsentMethod;
import dev.rooster.subscriber.Evidence;
import dev.rooster.subscriber.GrantOutcome;
import dev.rooster.subscriber.JdbiSubscribers;
import dev.rooster.subscriber.JdbiSubscriptions;
import dev.rooster.subscriber.NewSubscriber;
import dev.rooster.subscriber.RefusalScope;
import dev.rooster.subscriber.Subscriber;
import dev.rooster.subscriber.Subscription;
import dev.rooster.subscriber.SubscriptionState;
import dev.rooster.token.Purpose;
import io.javalin.http.Context;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code /p/{token}}: a reader's own settings, their data to take along, and their erasure: access, correction and deletion, no harder
 * than signing up was (Personal Information Protection Act of Korea §35–38).
 */
final class PreferencesPage {
    private final Visits visits;
    private final Newsletters newsletters;
    private final ReaderActs acts;
    private final Caller caller;
    private final Pages pages;
    private final Messages messages;
    private final Database database;
    private final InstantSource clock;
    private final ReaderExport export;
    private final JdbiSubscribers subscribers = new JdbiSubscribers();
    private final JdbiSubscriptions subscriptions = new JdbiSubscriptions();

    PreferencesPage(
            Visits visits,
            Newsletters newsletters,
            ReaderActs acts,
            Caller caller,
            Pages pages,
            Messages messages,
            Database database,
            InstantSource clock) {
        this.visits = visits;
        this.newsletters = newsletters;
        this.acts = acts;
        this.caller = caller;
        this.pages = pages;
        this.messages = messages;
        this.database = database;
        this.clock = clock;
        this.export = new ReaderExport(database);
    }

    private enum Shown {
        ASK,
        SAVED,
        BLOCKED,
        ERASE_UNSURE,
        ERASED
    }

    void get(Context ctx) {
        Optional<Visit> visit = visits.open(ctx.pathParam("token"), Purpose.PREFERENCES);
        if (visit.isEmpty() || nobody(visit.get())) {
            messages.notFound(ctx);
        } else {
            show(ctx, visit.get(), visit.get().reader(), Shown.ASK);
        }
    }

    void post(Context ctx) {
        Optional<Visit> found = visits.open(ctx.pathParam("token"), Purpose.PREFERENCES);
        if (found.isEmpty() || nobody(found.get())) {
            messages.notFound(ctx);
            return;
        }
        Visit visit = found.get();
        Form form = Form.of(ctx);
        if (visit.test()) {
            show(ctx, visit, visit.reader(), form.text("action").equals("save") ? Shown.SAVED : Shown.ASK);
            return;
        }
        Subscriber reader = visit.reader().orElseThrow();
        switch (form.text("action")) {
            case "export" -> download(ctx, reader);
            case "erase" -> erase(ctx, visit, reader, form.has("sure"));
            case "save" -> save(ctx, visit, reader, form);
            default -> show(ctx, visit, visit.reader(), Shown.ASK);
        }
    }

    private static boolean nobody(Visit visit) {
        return visit.reader().isEmpty() && !visit.test();
    }

    private void save(Context ctx, Visit visit, Subscriber reader, Form form) {
        String name = form.text("name");
        Language language = Language.of(form.text("language"), null);
        if (!name.isEmpty() && name.length() <= NewSubscriber.NAME_CHARS_MAX || language != null) {
            String kept = name.length() <= NewSubscriber.NAME_CHARS_MAX ? name : null;
            database.jdbi()
                    .useTransaction(handle -> subscribers.update(
                            handle,
                            reader,
                            new NewSubscriber(reader.address(), kept, language, Map.of()),
                            clock.instant()));
        }
        Language spoken = language == null ? language(ctx, visit, Optional.of(reader)) : language;
        boolean blocked = choose(ctx, reader, Set.copyOf(form.all("newsletter")), spoken);
        Optional<Subscriber> fresh = database.jdbi().withHandle(handle -> subscribers.find(handle, reader.id()));
        show(ctx, visit, fresh, blocked ? Shown.BLOCKED : Shown.SAVED);
    }

    /** @return whether something that was asked for can't be had: the address is suppressed */
    private boolean choose(Context ctx, Subscriber reader, Set<String> chosen, Language language) {
        Map<NewsletterId, SubscriptionState> standing = standing(reader);
        boolean blocked = false;
        for (Newsletter newsletter : newsletters) {
            boolean wanted = chosen.contains(newsletter.name());
            SubscriptionState state = standing.get(newsletter.id());
            Evidence evidence = caller.evidence(
                    ctx,
                    ConsentMethod.PAGE,
                    "/p",
                    (wanted ? "구독 / Subscribe: " : "수신거부 / Unsubscribe: ") + newsletter.name());
            if (wanted && state != SubscriptionState.ACTIVE) {
                blocked |= acts.subscribe(newsletter, reader, language, evidence) instanceof GrantOutcome.Blocked;
            } else if (!wanted && (state == SubscriptionState.ACTIVE || state == SubscriptionState.PENDING)) {
                acts.refuse(newsletter.id(), reader, RefusalScope.THIS_NEWSLETTER, language, evidence);
            }
        }
        return blocked;
    }

    private void erase(Context ctx, Visit visit, Subscriber reader, boolean sure) {
        if (!sure) {
            show(ctx, visit, visit.reader(), Shown.ERASE_UNSURE);
            return;
        }
        acts.erase(reader, caller.evidence(ctx, ConsentMethod.PAGE, "/p", "모두 지우기 / Erase everything"));
        show(ctx, visit, visit.reader(), Shown.ERASED);
    }

    private void download(Context ctx, Subscriber reader) {
        ctx.header("Cache-Control", "no-store")
                .header("Content-Disposition", "attachment; filename=\"my-data.json\"")
                .header("Content-Security-Policy", "default-src 'none'; sandbox")
                .contentType("application/json; charset=utf-8")
                .result(export.json(reader, newsletters));
    }

    private Map<NewsletterId, SubscriptionState> standing(Subscriber reader) {
        return database.jdbi()
                .withHandle(handle -> subscriptions.findAll(handle, reader.id()).stream()
                        .collect(Collectors.toMap(Subscription::newsletter, Subscription::state)));
    }

    private void show(Context ctx, Visit visit, Optional<Subscriber> reader, Shown shown) {
        Language language = language(ctx, visit, reader);
        Map<NewsletterId, SubscriptionState> standing =
                reader.isEmpty() || shown == Shown.ERASED ? Map.of() : standing(reader.get());
        List<Views.Preferences.Choice> choices = newsletters.all().stream()
                .map(newsletter -> new Views.Preferences.Choice(
                        newsletter.name(),
                        newsletter.settings().title(),
                        newsletter.settings().slotLine(),
                        standing.get(newsletter.id()) == SubscriptionState.ACTIVE))
                .toList();
        ZoneId zone = visit.publication().map(found -> found.settings().zone()).orElse(ZoneId.of("Asia/Seoul"));
        String today = DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                .withLocale(language.locale())
                .format(clock.instant().atZone(zone));
        pages.show(
                ctx,
                200,
                "preferences",
                new Views.Preferences(
                        visit.frame(),
                        visit.maskedAddress(),
                        reader.map(Subscriber::name).orElse(""),
                        language == Language.KO,
                        language == Language.EN,
                        choices,
                        shown == Shown.SAVED,
                        shown == Shown.BLOCKED,
                        shown == Shown.ERASE_UNSURE,
                        shown == Shown.ERASED,
                        today),
                language);
    }

    private static Language language(Context ctx, Visit visit, Optional<Subscriber> reader) {
        return Pages.language(ctx, reader.map(Subscriber::language).orElse(null), visit.newslettersLanguage());
    }
}
