package dev.rooster.cli;

import dev.rooster.db.Installation;
import dev.rooster.delivery.DeliveryEngine;
import dev.rooster.delivery.DeliveryState;
import dev.rooster.delivery.Edition;
import dev.rooster.delivery.EditionCounts;
import dev.rooster.delivery.EditionState;
import dev.rooster.delivery.Editions;
import dev.rooster.delivery.SendProgress;
import dev.rooster.delivery.StartOutcome;
import dev.rooster.delivery.StartRefusal;
import dev.rooster.issue.IssueId;
import dev.rooster.issue.StoredIssue;
import dev.rooster.language.Messages;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.review.IssueReviews;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends an issue in the foreground, or goes on with one that was begun. */
@Command(name = "send", mixinStandardHelpOptions = true)
final class SendCommand extends RoosterCommand {
    /** How often it asks the database whether the issue is still being sent. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
    /** What waits longer than this is not waited for. */
    private static final Duration WAIT_MAX = Duration.ofSeconds(10);
    /** A relay or a database that is gone for longer ends the command; nobody is lost by it. */
    private static final Duration TROUBLE_MAX = Duration.ofSeconds(20);

    @Parameters(index = "0", paramLabel = "ID", descriptionKey = "issue.id")
    long issue;

    @Option(names = "--yes", descriptionKey = "send.yes")
    boolean yes;

    @Option(names = "--pace", paramLabel = "DURATION", descriptionKey = "send.pace", defaultValue = "0")
    Duration pace;

    @Mixin
    JsonOption json;

    @Override
    protected int run(Session session) throws Exception {
        App app = session.app();
        IssueTexts texts = new IssueTexts(session);
        StoredIssue stored = texts.issue(issue);
        IssueId id = stored.id();
        Newsletter newsletter = texts.newsletter(stored);
        Optional<Installation.Hold> hold = app.installation().check();
        if (hold.isPresent()) {
            throw UserProblem.failed(
                    session.text(
                            "send.held",
                            Messages.of(Installation.class, session.language()).text("hold." + hold.get())),
                    session.text("send.held.mend"));
        }
        app.database()
                .jdbi()
                .withHandle(handle -> new IssueReviews().standing(handle, id))
                .hold()
                .ifPresent(held -> {
                    throw UserProblem.badInput(
                            session.text("send.review-held", id.toString(), held.by(), held.note()),
                            session.text("send.review-held.mend", id.toString()));
                });
        Editions editions = app.delivering().editions();
        Optional<Edition> before = editions.find(id);
        if (before.isPresent() && before.get().state() == EditionState.FINISHED) {
            return tell(session, editions, before.get());
        }
        if (before.isPresent() && before.get().state() == EditionState.CANCELLED) {
            throw UserProblem.badInput(session.text("send.cancelled", id.toString()), null);
        }
        Running running = app.running();
        if (running != null) {
            Edition edition = begin(session, editions, newsletter, id, before);
            foretell(session, newsletter, edition);
            return end(session, editions, id, watch(session, editions, running, edition));
        }
        Running own = Running.start(app, false);
        // on a signal the engine is stopped as a stop must be, before the process goes
        Thread atSignal = new Thread(own::close, "rooster-stop");
        Runtime.getRuntime().addShutdownHook(atSignal);
        try {
            Edition edition = begin(session, editions, newsletter, id, before);
            foretell(session, newsletter, edition);
            String trouble = watch(session, editions, own, edition);
            own.close();
            return end(session, editions, id, trouble);
        } finally {
            own.close();
            removeHook(atSignal);
        }
    }

    private void foretell(Session session, Newsletter newsletter, Edition edition) {
        if (!json.asked) {
            session.app()
                    .delivering()
                    .forecasts()
                    .live(edition)
                    .map(forecast -> new ForecastLines(session, newsletter, forecast).lines())
                    .ifPresent(lines -> lines.forEach(session.console()::println));
        }
    }

    private int end(Session session, Editions editions, IssueId id, String trouble) {
        if (trouble != null) {
            Newsletter newsletter = new IssueTexts(session).newsletter(new IssueTexts(session).issue(issue));
            String words = RelayTrouble.of(session.app(), newsletter, session.language())
                    .map(RelayTrouble::text)
                    .orElse(trouble);
            throw UserProblem.failed(
                    session.text("send.trouble", words), session.text("send.trouble.mend", id.toString()));
        }
        return tell(session, editions, editions.find(id).orElseThrow());
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is stopping: the hook runs already
        }
    }

    private Edition begin(
            Session session, Editions editions, Newsletter newsletter, IssueId id, Optional<Edition> before)
            throws IOException {
        long people =
                before.isPresent() ? editions.counts(before.get().id()).unfinished() : editions.audience(newsletter);
        if (before.isEmpty()) {
            editions.check(newsletter, id).ifPresent(refusal -> {
                throw refused(session, refusal);
            });
        }
        if (!yes) {
            String question = session.text("send.ask", newsletter.settings().title(), String.valueOf(people));
            TypedNumber.confirm(session, question, people, session.text("send.not-confirmed"));
        }
        if (before.isPresent() && before.get().state() == EditionState.PAUSED) {
            editions.resume(id);
        }
        try (ProgressBar bar = session.progress(session.text("send.audience"), people)) {
            StartOutcome outcome = editions.start(newsletter, id, pace, seen -> bar.stepTo(seen));
            if (outcome instanceof StartOutcome.Refused refused) {
                throw refused(session, refused.refusal());
            }
            return ((StartOutcome.Started) outcome).edition();
        }
    }

    private static UserProblem refused(Session session, StartRefusal refusal) {
        int exit = refusal.kind() == StartRefusal.Kind.HELD ? Exit.FAILED : Exit.BAD_INPUT;
        return new UserProblem(exit, refusal.message(session.language()), null);
    }

    /** Shows progress until nothing is left to do now. Answers what went wrong; null: nothing. */
    private static String watch(Session session, Editions editions, Running running, Edition edition)
            throws InterruptedException {
        DeliveryEngine engine = running.engine();
        SendProgress progress = engine.progress(edition.id());
        long done = edition.recipients() - editions.counts(edition.id()).unfinished();
        long seen = -1;
        long seenAt = System.nanoTime();
        long lookedAt = seenAt;
        try (ProgressBar bar = session.progress(session.text("send.progress"), edition.recipients())) {
            while (true) {
                long recorded = progress.recordedAll();
                bar.stepTo(Math.min(edition.recipients(), done + recorded));
                if (recorded != seen || progress.paced()) {
                    seen = recorded;
                    seenAt = System.nanoTime();
                }
                if (progress.closed() || waitsLong(session, progress)) {
                    return engine.failure().orElse(null);
                }
                if (System.nanoTime() - lookedAt > LOOK_EVERY.toNanos()) {
                    lookedAt = System.nanoTime();
                    if (stopped(editions, edition)) {
                        return null;
                    }
                }
                boolean stuck = System.nanoTime() - seenAt > TROUBLE_MAX.toNanos();
                if (stuck && running.trouble() != null) {
                    return running.trouble();
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    /** An edition that was paused before the engine took it up is never opened, and so never closed. */
    private static boolean stopped(Editions editions, Edition edition) {
        EditionState state = editions.find(edition.issue()).map(Edition::state).orElse(EditionState.CANCELLED);
        return state != EditionState.SENDING && state != EditionState.PREPARING;
    }

    private static boolean waitsLong(Session session, SendProgress progress) {
        Instant until = progress.waitsUntil();
        return until != null && until.isAfter(session.app().clock().instant().plus(WAIT_MAX));
    }

    private int tell(Session session, Editions editions, Edition edition) {
        EditionCounts counts = editions.counts(edition.id());
        if (json.asked) {
            session.json(summary(edition, counts));
        } else {
            Messages words = Messages.of(SendCommand.class, session.language());
            session.console()
                    .println(words.text(
                            "send.summary",
                            edition.issue().toString(),
                            words.text("edition-state." + edition.state().word())));
            for (DeliveryState state : DeliveryState.values()) {
                if (counts.of(state) > 0) {
                    session.console().println("  " + words.text("delivery-state." + state.word(), counts.of(state)));
                }
            }
            if (edition.stateReason() != null) {
                session.console().println("  " + edition.stateReason());
            }
        }
        return switch (edition.state()) {
            case FINISHED -> Exit.DONE;
            case PAUSED, CANCELLED -> Exit.FAILED;
            case SENDING, PREPARING -> Exit.PARTLY;
        };
    }

    private static Map<String, Object> summary(Edition edition, EditionCounts counts) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("issue", edition.issue().value());
        summary.put("edition", edition.id().value());
        summary.put("state", edition.state().word());
        summary.put("candidates", edition.candidates());
        summary.put("excluded", counts.excluded());
        summary.put("recipients", edition.recipients());
        for (DeliveryState state : DeliveryState.values()) {
            summary.put(state.word(), state == DeliveryState.SKIPPED ? counts.skipped() : counts.of(state));
        }
        summary.put("uncertain_seen", counts.uncertainSeen());
        return summary;
    }
}
