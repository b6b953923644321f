package dev.rooster.cli;

import dev.rooster.db.Dialect;
import dev.rooster.db.Installation;
import dev.rooster.delivery.DeliveryEngine;
import dev.rooster.delivery.EngineListener;
import dev.rooster.inbox.MailboxSettings;
import dev.rooster.inbox.WatchMailbox;
import dev.rooster.issue.RunDueSlots;
import dev.rooster.issue.SlotResult;
import dev.rooster.issue.SlotState;
import dev.rooster.language.Messages;
import dev.rooster.mail.relay.Relay;
import dev.rooster.newsletter.JdbiNewsletters;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.notice.AlarmRoad;
import dev.rooster.notice.CallAlarms;
import dev.rooster.notice.ComposeNotice;
import dev.rooster.notice.Notice;
import dev.rooster.notice.NoticeKind;
import dev.rooster.notice.SendDueNotices;
import dev.rooster.notice.SuppressDeadAddress;
import dev.rooster.outbound.AlarmSettings;
import dev.rooster.outbound.PingHeartbeat;
import dev.rooster.outbound.PostAlarm;
import dev.rooster.report.RemindOfEmptySlots;
import dev.rooster.report.WatchDeferrals;
import dev.rooster.review.RunDueMoments;
import dev.rooster.schedule.Schedule;
import dev.rooster.schedule.Wake;
import dev.rooster.schedule.WatchClock;
import dev.rooster.schedule.WatchSlots;
import dev.rooster.subscriber.EraseEnded;
import dev.rooster.template.PageRenderer;
import dev.rooster.web.ManagementServer;
import dev.rooster.web.PublicServer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What runs for long in this process: the delivery engine and the public pages, for {@code serve} and the demo also the schedule
 * and the management port, and on the embedded database the control socket. Started once, closed once, parts in reverse order.
 */
final class Running implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Running.class);
    private static final Duration HEARTBEAT_EVERY = Duration.ofMinutes(1);
    /** More often than once a day: a machine that is off at one hour every night misses nothing. */
    private static final Duration RETENTION_EVERY = Duration.ofHours(6);

    /**
     * Of the second that a stop may take beyond the wait: the rest is for the database's connections and for the virtual machine, which
     * waits 0.3 s for threads that a dead peer holds.
     */
    private static final Duration CLOSING_MORE = Duration.ofMillis(400);

    private static final Duration ENDING_MORE = Duration.ofMillis(200);

    private final App app;
    private final Deque<AutoCloseable> parts = new ConcurrentLinkedDeque<>();
    private final Trouble trouble = new Trouble();
    private DeliveryEngine engine;
    private Schedule schedule;
    private PublicServer pages;
    private Optional<Installation.Hold> hold = Optional.empty();

    private Running(App app) {
        this.app = app;
    }

    /**
     * Starts the engine and the pages; other commands reach this process from then on.
     *
     * @param scheduled whether slots, reminders, notices and bounces are looked after too
     */
    static Running start(App app, boolean scheduled) {
        Running running = new Running(app);
        try {
            running.startParts(scheduled);
            app.runs(running);
            return running;
        } catch (RuntimeException | Error e) {
            running.close();
            throw e;
        }
    }

    private void startParts(boolean scheduled) {
        if (app.settings().database().dialect() == Dialect.H2) {
            app.database(); // its file lock makes this process the only one that may clear the socket away
            try {
                parts.push(ControlServer.start(app.data(), () -> app));
            } catch (IOException e) {
                throw new ControlServer.CantListen(app.data(), e);
            }
        }
        JoinNodes.check(app);
        hold = app.installation().check();
        hold.ifPresent(reason -> LOG.warn("Held: {}. Nothing is sent until: rooster db take-over", reason));
        PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        parts.push(metrics::close);
        engine = app.delivering().engine(edition -> true, trouble);
        engine.start();
        parts.push(engine::stop);
        pages = PublicServer.of(
                app.settings().http(),
                pageParts(metrics),
                new PublicServer.Hooks(app.settings().hooks(), app.delivering().events()));
        pages.start();
        parts.push(pages);
        if (scheduled) {
            schedule = Schedule.over(app.database(), app.settings().schedule(), wakes(), app.clock());
            ManagementServer management = ManagementServer.of(app.settings().http(), metrics, checks());
            management.start();
            parts.push(management);
            schedule.start();
            parts.push(schedule);
            watchMailboxes();
            receive();
        }
    }

    /** So that mail is taken within seconds where the server can say that it came. */
    private void watchMailboxes() {
        for (MailboxSettings mailbox : app.settings().mailboxes().values()) {
            if (mailbox.idle() && mailbox.protocol() == MailboxSettings.Protocol.IMAP) {
                WatchMailbox watch = new WatchMailbox(
                        app.delivering().collector(mailbox).connection(),
                        () -> wake("mailbox " + mailbox.name()),
                        new SplittableRandom());
                watch.start();
                parts.push(watch);
            }
        }
    }

    private void receive() {
        app.delivering().receiver().ifPresent(receiver -> {
            try {
                receiver.start();
                parts.push(receiver);
            } catch (IOException e) {
                Messages messages = Messages.of(
                        Running.class, app.newsletters().all().get(0).settings().language());
                throw UserProblem.failed(
                        messages.text(
                                "receiver.cant-listen",
                                app.settings().receiver().host(),
                                String.valueOf(app.settings().receiver().port()),
                                Failures.rootWords(e)),
                        messages.text("receiver.cant-listen.mend"));
            }
        });
    }

    DeliveryEngine engine() {
        return engine;
    }

    /** What last stood in the engine's way; null: nothing since it began. */
    String trouble() {
        return trouble.last;
    }

    int pagesPort() {
        return pages.port();
    }

    /** Why nothing is sent; empty when it may be. */
    Optional<Installation.Hold> hold() {
        return hold;
    }

    private PublicServer.Parts pageParts(PrometheusMeterRegistry metrics) {
        return new PublicServer.Parts(
                app.database(),
                app.newsletters(),
                new JdbiNewsletters(app.database().jdbi(), new SecureRandom(), app.clock()),
                app.keys().tokens(),
                app.subscribing(),
                app.notices(),
                app.delivering().reviews(),
                app.delivering().stopRequests(),
                app.delivering().editions(),
                new PageRenderer(app.templates()),
                app.publicUrl(),
                app.clock(),
                () -> wake("notices"),
                metrics);
    }

    private void wake(String name) {
        if (schedule != null) {
            schedule.nudge(name);
        }
    }

    private List<Wake> wakes() {
        var rhythm = app.settings().schedule();
        SendDueNotices notices = notices();
        RemindOfEmptySlots reminders =
                new RemindOfEmptySlots(app.database(), app.issueQueue(), app.newsletters(), app.notices());
        List<Wake> wakes = new ArrayList<>();
        wakes.add(Wake.onOneNode("slots", rhythm.slots(), now -> runSlots()));
        wakes.add(Wake.onOneNode(
                "editions", rhythm.retries(), now -> app.delivering().editions().runDue()));
        RunDueMoments moments = app.delivering().dueMoments();
        wakes.add(Wake.onOneNode("moments", rhythm.slots(), now -> {
            if (moments.runDue(now) > 0) {
                wake("notices");
            }
        }));
        WatchDeferrals deferrals = new WatchDeferrals(
                app.database(), app.notices(), app.newsletters(), app.settings().deferrals());
        wakes.add(Wake.onOneNode("deferrals", rhythm.retries(), now -> {
            if (deferrals.runDue(now) > 0) {
                wake("notices");
            }
        }));
        wakes.add(Wake.onOneNode("reminders", rhythm.slots(), reminders::runDue));
        app.settings().retention().unsubscribed().ifPresent(kept -> {
            EraseEnded erase = new EraseEnded(app.database(), app.subscribing());
            wakes.add(Wake.onOneNode("retention", RETENTION_EVERY, now -> {
                if (app.installation().check().isEmpty()) {
                    erase.run(now.minus(kept), now, "retention", soFar -> {});
                }
            }));
        });
        wakes.add(Wake.onOneNode("notices", rhythm.notices(), notices::runDue));
        WatchSlots watch = new WatchSlots(
                app.database(),
                app.newsletters(),
                app.issueQueue(),
                app.delivering().dueSlots(),
                app.notices(),
                rhythm.alarmAfter());
        WatchClock clock = new WatchClock(app.database(), app.newsletters(), app.notices(), app.clock());
        if (app.settings().database().dialect() == Dialect.POSTGRESQL) {
            wakes.add(Wake.onEveryNode("clock", rhythm.slots(), now -> {
                if (clock.runDue(now) > 0) {
                    notices.runDue(now);
                }
            }));
        }
        Optional<CallAlarms> calls = alarmRoad().map(road -> new CallAlarms(app.database(), app.newsletters(), road));
        LastResort lastResort = new LastResort(alarmRoad());
        wakes.add(Wake.onEveryNode(
                "watch",
                rhythm.slots(),
                now -> lastResort.watch(now, () -> {
                    if (watch.runDue(now) > 0) {
                        notices.runDue(now);
                    }
                    calls.ifPresent(waiting -> waiting.runDue(now));
                })));
        if (app.settings().heartbeat().url() != null) {
            PingHeartbeat heartbeat = new PingHeartbeat(app.settings().heartbeat(), this::unwell);
            wakes.add(Wake.onEveryNode("heartbeat", HEARTBEAT_EVERY, now -> heartbeat.run()));
        }
        for (MailboxSettings mailbox : app.settings().mailboxes().values()) {
            CollectBounces collector = app.delivering().collector(mailbox);
            wakes.add(Wake.onOneNode("mailbox " + mailbox.name(), mailbox.every(), now -> collector.runDue()));
        }
        return wakes;
    }

    /** Answers for slots that are due, goes on with what was started, and tells operators what was not. */
    void runSlots() {
        RunDueSlots slots = app.delivering().dueSlots();
        List<SlotResult> results = slots.run(app.newsletters());
        app.delivering().editions().runDue();
        for (SlotResult result : results) {
            LOG.info(
                    "Slot {} of {}: {}",
                    result.slot().date(),
                    result.newsletter().name(),
                    result.state());
            if (result.state() == SlotState.EMPTY || result.state() == SlotState.HELD) {
                tell(result);
            }
        }
    }

    private void tell(SlotResult result) {
        Messages messages =
                Messages.of(Running.class, result.newsletter().settings().language());
        String key = result.state() == SlotState.EMPTY
                ? "slot.empty"
                : result.note().isEmpty() ? "slot.late" : "slot.refused";
        app.database()
                .jdbi()
                .useTransaction(handle -> app.notices()
                        .enqueueForOperators(
                                NoticeKind.ALARM,
                                result.newsletter(),
                                "slot " + result.slot().date() + " " + result.state(),
                                Map.of(
                                        "subject",
                                        messages.text(
                                                key + ".subject",
                                                result.slot().date().toString()),
                                        "body",
                                        messages.text(
                                                key,
                                                result.slot().date().toString(),
                                                result.issue()
                                                        .map(Object::toString)
                                                        .orElse("-"),
                                                result.note())),
                                handle));
        wake("notices");
    }

    /** What sends single mails. */
    SendDueNotices notices() {
        ComposeNotice compose = new ComposeNotice(
                new PageRenderer(app.templates()),
                app.newsletters(),
                app.keys().tokens(),
                app.publicUrl(),
                app.settings().notices(),
                app.delivering().copyMails());
        return new SendDueNotices(
                app.database(),
                compose,
                app::dkim,
                this::roads,
                app.settings().notices(),
                app.settings().publicUrl(),
                new SuppressDeadAddress(app.subscribing(), app.clock()),
                new SplittableRandom(),
                Long.toString(ProcessHandle.current().pid()));
    }

    private List<Relay> roads(Notice notice, Newsletter newsletter) {
        return NoticeRelays.of(notice.kind(), app.settings(), newsletter.name()).stream()
                .<Relay>map(app::relay)
                .toList();
    }

    private Optional<AlarmRoad> alarmRoad() {
        AlarmSettings alarms = app.settings().alarms();
        return alarms.url() == null ? Optional.empty() : Optional.of(new PostAlarm(alarms.url(), alarms.timeout()));
    }

    /** What keeps the outside heartbeat from being called. */
    private Optional<String> unwell() {
        return engine.failure().or(() -> {
            app.database().jdbi().useHandle(handle -> handle.execute("select 1"));
            return schedule.trouble("slots", app.settings().schedule().alarmAfter());
        });
    }

    private Map<String, Supplier<Optional<String>>> checks() {
        return Map.of(
                "database",
                () -> {
                    app.database().jdbi().useHandle(handle -> handle.execute("select 1"));
                    return Optional.empty();
                },
                "engine",
                () -> engine.failure(),
                "hold",
                () -> app.installation().check().map(reason -> "held: " + reason));
    }

    /**
     * Closes the parts in order, within the longer of the two waits that the settings allow and a second: a database that does not
     * answer holds nobody up. The engine is told at once, whatever the others wait for.
     */
    @Override
    public synchronized void close() {
        app.runs(null);
        if (parts.isEmpty()) {
            return;
        }
        if (engine != null) {
            thread("rooster-stop-engine", engine::stop);
        }
        Duration longest = closingMax(app, schedule != null);
        try {
            Thread closing = thread("rooster-stop-parts", this::closeParts);
            closing.join(longest.toMillis());
            if (closing.isAlive()) {
                LOG.warn("Not everything could be closed in order; what is open is recovered at the next start");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Duration closingMax(App app, boolean scheduled) {
        Duration grace = app.settings().delivery().stopGrace();
        Duration wait = scheduled ? app.settings().schedule().stopWait() : grace;
        return (wait.compareTo(grace) > 0 ? wait : grace).plus(CLOSING_MORE);
    }

    /** How long a stop may take, also of a process that has not yet started in full and waits for its database. */
    static Duration stopMax(App app, boolean scheduled) {
        return closingMax(app, scheduled).plus(ENDING_MORE);
    }

    private void closeParts() {
        for (AutoCloseable part = parts.poll(); part != null; part = parts.poll()) {
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("A part could not be closed in order; the process ends all the same", e);
            }
        }
    }

    private static Thread thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Says what stands in the way; the engine goes on trying. */
    private static final class Trouble implements EngineListener {
        private volatile String last;

        @Override
        public void relayTrouble(String relay, String why) {
            last = relay + ": " + why;
            LOG.warn("The relay {} can't be used for now and is tried again by itself: {}", relay, why);
        }

        @Override
        public void ledgerTrouble(String why) {
            last = why;
            LOG.error("The ledger can't be written; nothing is sent until it can: {}", why);
        }
    }
}
