package dev.rooster.delivery;

import dev.rooster.newsletter.NewsletterId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends whatever editions the ledger says are to be sent, until it is stopped.
 *
 * <p>Threads: {@code rooster-dispatch} runs the dispatcher's step and commits; {@code rooster-ledger} takes rows, keeps the lease
 * and looks for editions; one per connection speaks to its relay. A life is: {@link #start}, then {@link #stop}; no restart.
 */
public final class DeliveryEngine {
    private static final long GATHER_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long GATHER_WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int GATHER_FROM = 100;
    private static final Logger LOG = LoggerFactory.getLogger(DeliveryEngine.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final long LEDGER_THREAD_MILLIS_MAX = 500;
    private static final long PUBLISH_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Ledger ledger;
    private final Function<NewsletterId, List<RelayPool>> relays;
    private final Copies copies;
    private final DeliverySettings settings;
    private final InstantSource clock;
    private final EngineListener listener;
    private final Predicate<SendingEdition> mine;
    private final boolean alone;
    private final Dispatcher dispatcher;
    private final DispatcherState state;
    private final RateStore rates;

    private final BlockingQueue<Event> inbox = new LinkedBlockingQueue<>();
    private final BlockingQueue<Runnable> ledgerWork = new LinkedBlockingQueue<>();
    private final Map<ConnectionId, ConnectionWorker> workers = new HashMap<>();
    private final Map<String, RelayPool> pools = new ConcurrentHashMap<>();
    private final Map<EditionId, SendProgress> progress = new ConcurrentHashMap<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean ledgerThreadOver;
    private Thread ledgerThread;
    private volatile long leaseEndNanos;
    private volatile String failure;
    private long published;

    private DeliveryEngine(Builder builder) {
        this.ledger = builder.ledger;
        this.relays = builder.relays;
        this.copies = builder.copies;
        this.settings = builder.settings;
        this.clock = builder.clock;
        this.listener = builder.listener;
        this.mine = builder.mine;
        this.alone = builder.alone;
        this.dispatcher = new Dispatcher(settings, builder.random);
        this.state = new DispatcherState(new Rates(builder.limits, builder.warmUps), builder.silence);
        this.rates = builder.rates;
    }

    /** The parts of an engine; what has a default is set by the methods. */
    public static final class Builder {
        private final Ledger ledger;
        private final Function<NewsletterId, List<RelayPool>> relays;
        private final Copies copies;
        private final InstantSource clock;
        private final RandomGenerator random;
        private DeliverySettings settings = DeliverySettings.defaults();
        private EngineListener listener = new EngineListener() {};
        private Predicate<SendingEdition> mine = edition -> true;
        private boolean alone;
        private Map<RateKey, List<RateLimit>> limits = Map.of();
        private Map<RateKey, WarmUp> warmUps = Map.of();
        private BiFunction<NewsletterId, Instant, Instant> silence = (newsletter, now) -> null;
        private RateStore rates = asks -> List.of();

        /**
         * @param relays which relays carry a newsletter; empty: it has none here, and its editions are left to others
         * @param random for jitter only
         */
        public Builder(
                Ledger ledger,
                Function<NewsletterId, List<RelayPool>> relays,
                Copies copies,
                InstantSource clock,
                RandomGenerator random) {
            this.ledger = ledger;
            this.relays = relays;
            this.copies = copies;
            this.clock = clock;
            this.random = random;
        }

        public Builder settings(DeliverySettings all) {
            settings = all;
            return this;
        }

        public Builder listener(EngineListener all) {
            listener = all;
            return this;
        }

        /** Only these editions; by default all. */
        public Builder only(Predicate<SendingEdition> editions) {
            mine = editions;
            return this;
        }

        /** No other node can be alive (an embedded database): what dead ones left is taken over at once. */
        public Builder alone(boolean embedded) {
            alone = embedded;
            return this;
        }

        /** How fast relays, newsletters and mailbox providers may be sent to; by default nothing is limited. */
        public Builder rates(Map<RateKey, List<RateLimit>> all, RateStore shared) {
            limits = Map.copyOf(all);
            rates = shared;
            return this;
        }

        /** Daily limits that grow, of relays and newsletters that providers don't know yet. */
        public Builder warmUps(Map<RateKey, WarmUp> all) {
            warmUps = Map.copyOf(all);
            return this;
        }

        /** @param until when a newsletter's quiet hours of that moment end; answers null while it has none */
        public Builder silence(BiFunction<NewsletterId, Instant, Instant> until) {
            silence = until;
            return this;
        }

        public DeliveryEngine build() {
            return new DeliveryEngine(this);
        }
    }

    /**
     * Takes the lease, recovers what dead nodes left, and begins.
     *
     * @return what was recovered
     */
    public Recovered start() {
        join();
        Recovered recovered = ledger.recover(alone, settings.uncertain(), clock.instant());
        if (!recovered.equals(Recovered.NOTHING)) {
            LOG.info(
                    "Recovered from dead nodes: {} queued again, {} uncertain",
                    recovered.queued(),
                    recovered.uncertain());
        }
        ledgerThread = thread("rooster-ledger", this::keepLedger);
        thread("rooster-dispatch", this::dispatch);
        return recovered;
    }

    private static Thread thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /**
     * Stops: nothing more is begun, replies on the wire are awaited for the settings' grace, rows not begun go back. Returns when
     * all is recorded, at the latest a second after the grace; what could not be recorded by then is recovered as uncertain.
     */
    public void stop() {
        inbox.add(new Event.Stop(settings.stopGrace()));
        try {
            if (!stopped.await(settings.stopGrace().toMillis() + 800, TimeUnit.MILLISECONDS)) {
                LOG.warn("Not everything was recorded in time; what is open is recovered at the next start");
            }
            ledgerThreadOver = true;
            if (ledgerThread != null) {
                ledgerThread.join(LEDGER_THREAD_MILLIS_MAX);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ledgerThreadOver = true;
        synchronized (workers) {
            workers.values().forEach(ConnectionWorker::end);
        }
        try {
            ledger.leave();
        } catch (RuntimeException e) {
            LOG.warn("The lease could not be given up; it runs out by itself", e);
        }
    }

    /** What this process does for an edition; made at the first call. */
    public SendProgress progress(EditionId edition) {
        return progress.computeIfAbsent(edition, id -> new SendProgress());
    }

    /** Set when a bug ended the engine: rows are safe, the process should end. */
    public Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    /** Looks for editions now instead of at the next second. */
    public void look() {
        ledgerWork.add(() -> lookedAt = Instant.MIN);
    }

    // --- the dispatching thread ---

    private long gatherWindow;
    private long askedInWindow;
    private boolean manyAsk;

    private void dispatch() {
        Instant wakeAt = null;
        List<Event> events = new ArrayList<>();
        try {
            while (!state.stopped) {
                if (events.isEmpty()) {
                    await(wakeAt, events);
                    inbox.drainTo(events);
                    gather(events);
                }
                Dispatcher.Step step = dispatcher.step(state, clock.instant(), events);
                events = new ArrayList<>();
                for (Action action : step.actions()) {
                    carryOut(action, events);
                }
                wakeAt = step.wakeAt();
                publish(events.isEmpty() && inbox.isEmpty());
            }
        } catch (RuntimeException | Error e) {
            failure = e.toString();
            LOG.error("The dispatcher failed; connections are closed, rows are recovered at the next start", e);
            synchronized (workers) {
                workers.values().forEach(ConnectionWorker::end);
            }
        }
        ledgerThreadOver = true;
        progress.values().forEach(SendProgress::close);
        stopped.countDown();
    }

    private void await(Instant wakeAt, List<Event> events) {
        try {
            Event event = wakeAt == null
                    ? inbox.take()
                    : inbox.poll(
                            Math.max(
                                    0, Duration.between(clock.instant(), wakeAt).toMillis() + 1),
                            TimeUnit.MILLISECONDS);
            if (event != null) {
                events.add(event);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            events.add(new Event.Stop(Duration.ZERO));
        }
    }

    /**
     * A commit costs about the same for one mail as for eight. So once a connection asks for leave to write a body, others
     * that have a mail under way are waited for: until half of them ask too, a millisecond at most. Where fewer than {@value
     * #GATHER_FROM} ask in a tenth of a second, as with a distant relay, nobody waits: a commit for each costs little there.
     */
    private void gather(List<Event> events) {
        long asking = asking(events);
        long now = System.nanoTime();
        if (now - gatherWindow > GATHER_WINDOW_NANOS) {
            manyAsk = askedInWindow >= GATHER_FROM && now - gatherWindow < 2 * GATHER_WINDOW_NANOS;
            gatherWindow = now;
            askedInWindow = 0;
        }
        askedInWindow += asking;
        if (asking == 0 || !manyAsk || ledger.commitsAreCheap()) {
            return;
        }
        int enough = (state.mailsUnderWay() + 1) / 2;
        long until = System.nanoTime() + GATHER_NANOS_MAX;
        try {
            for (long left = GATHER_NANOS_MAX; asking < enough && left > 0; left = until - System.nanoTime()) {
                Event event = inbox.poll(left, TimeUnit.NANOSECONDS);
                if (event == null) {
                    return;
                }
                int seen = events.size();
                events.add(event);
                inbox.drainTo(events);
                long more = asking(events.subList(seen, events.size()));
                asking += more;
                askedInWindow += more;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            events.add(new Event.Stop(Duration.ZERO));
        }
    }

    private static long asking(List<Event> events) {
        return events.stream().filter(Event.Ready.class::isInstance).count();
    }

    private void carryOut(Action action, List<Event> answers) {
        if (action instanceof Action.OfConnection ofConnection) {
            worker(ofConnection.connection()).give(ofConnection);
        } else if (action instanceof Action.Commit commit) {
            commit(commit, answers);
        } else if (action instanceof Action.TakeRows take) {
            ledgerWork.add(() -> takeRows(take));
        } else if (action instanceof Action.ReserveRates reserve) {
            ledgerWork.add(() -> reserveRates(reserve.asks()));
        } else if (action instanceof Action.CheckFinish check) {
            ledgerWork.add(() -> checkFinish(check.edition()));
        } else if (action instanceof Action.AskForCanary ask) {
            ledgerWork.add(() -> askForCanary(ask.edition()));
        } else if (action instanceof Action.Release release) {
            release(release.rows(), answers);
        } else if (action instanceof Action.Pause pause) {
            LOG.warn(
                    "Edition {} is paused: {}",
                    pause.edition().value(),
                    pause.reason().line());
            pause(pause);
        } else if (action instanceof Action.Alarm alarm) {
            LOG.warn("Relay {}: {}", alarm.relay(), alarm.why());
            listener.relayTrouble(alarm.relay(), alarm.why());
        }
    }

    private ConnectionWorker worker(ConnectionId id) {
        synchronized (workers) {
            return workers.computeIfAbsent(id, connection -> {
                ConnectionWorker worker = new ConnectionWorker(
                        connection,
                        pools.get(connection.relay()).relay(),
                        copies,
                        inbox::add,
                        () -> System.nanoTime() - leaseEndNanos < 0,
                        this::broken);
                thread("rooster-relay-" + connection, worker);
                return worker;
            });
        }
    }

    /** Ends the engine as a stop does: what is known is still recorded. */
    private void broken(Throwable e) {
        if (failure == null) {
            failure = e.toString();
            LOG.error("This process is broken; the engine stops, rows are given back", e);
        }
        inbox.add(new Event.Stop(settings.stopGrace()));
    }

    private void commit(Action.Commit commit, List<Event> answers) {
        try {
            List<StartAnswer> started = ledger.commit(commit.outcomes(), commit.starts(), clock.instant());
            answers.add(new Event.Committed(started));
            for (Outcome outcome : commit.outcomes()) {
                progress(outcome.key().edition()).add(outcome.state(), 1);
            }
            if (commit.outcomes().stream().anyMatch(Outcome::speaksAgainstUs)) {
                look(); // a stop rule may have fired in the commit
            }
            for (StartAnswer answer : started) {
                if (answer.refusal()
                        .filter(StartAnswer.Refusal.RECIPIENT::equals)
                        .isPresent()) {
                    progress(answer.start().delivery().key().edition()).add(DeliveryState.SKIPPED, 1);
                }
            }
        } catch (RuntimeException e) {
            LOG.error("The ledger can't be written; sending stops until it can: {}", e.toString());
            listener.ledgerTrouble(e.toString());
            answers.add(new Event.CommitFailed(e.toString()));
        }
    }

    private void release(List<ClaimedDelivery> rows, List<Event> answers) {
        try {
            ledger.release(rows, clock.instant());
        } catch (RuntimeException e) {
            LOG.warn("{} rows could not be given back; tried again in a moment: {}", rows.size(), e.toString());
            answers.add(new Event.ReleaseFailed(rows));
        }
    }

    private void pause(Action.Pause pause) {
        try {
            ledger.pause(pause.edition(), pause.reason(), clock.instant());
        } catch (RuntimeException e) {
            LOG.error(
                    "Edition {} could not be paused; its next refusal tries again",
                    pause.edition().value(),
                    e);
        }
    }

    /** Tells who watches, seldom enough to cost nothing. */
    private void publish(boolean idle) {
        long nanos = System.nanoTime();
        if (!idle && nanos - published < PUBLISH_NANOS) {
            return;
        }
        published = nanos;
        Instant now = clock.instant();
        for (EditionRun run : state.editions.values()) {
            Instant look = run.nextLook();
            boolean waits = look != null && look.isAfter(now) && run.quiet() && !run.freshLeft();
            progress(run.edition.id()).waits(waits ? look : null);
            progress(run.edition.id()).paced(run.waitsForPace(now));
        }
    }

    // --- the ledger's thread ---

    private final Set<EditionId> opened = new HashSet<>();
    private Instant renewedAt = Instant.MIN;
    private Instant recoveredAt = Instant.MIN;
    private Instant lookedAt = Instant.MIN;

    private void keepLedger() {
        while (!ledgerThreadOver) {
            try {
                Runnable work = ledgerWork.poll(LOOK_EVERY.toMillis() / 4, TimeUnit.MILLISECONDS);
                if (work != null) {
                    work.run();
                }
                tick(clock.instant(), work == null);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                LOG.error("The ledger can't be read; tried again in a moment: {}", e.toString());
                listener.ledgerTrouble(e.toString());
            } catch (Error e) {
                broken(e); // the dispatcher waits for an answer that will not come
            }
        }
    }

    private void takeRows(Action.TakeRows take) {
        try {
            Claim claim = ledger.claim(take.edition(), take.scope(), take.cursor(), take.limit(), clock.instant());
            progress(take.edition()).add(DeliveryState.SKIPPED, claim.skipped());
            inbox.add(new Event.Claimed(take.edition(), take.scope(), claim));
        } catch (RuntimeException e) {
            LOG.error("No rows could be taken; tried again in a moment: {}", e.toString());
            listener.ledgerTrouble(e.toString());
            inbox.add(new Event.ClaimFailed(take.edition(), take.scope(), e.toString()));
        }
    }

    private void reserveRates(List<RateAsk> asks) {
        try {
            inbox.add(new Event.RatesGranted(rates.reserve(asks)));
        } catch (RuntimeException e) {
            LOG.error("The rates can't be read; nothing limited is sent until they can: {}", e.toString());
            listener.ledgerTrouble(e.toString());
            inbox.add(new Event.RatesFailed(asks));
        }
    }

    private void askForCanary(EditionId edition) {
        try {
            inbox.add(new Event.CanaryAnswered(edition, ledger.passCanary(edition, clock.instant())));
        } catch (RuntimeException e) {
            LOG.error(
                    "The canary of edition {} could not be looked at; tried again: {}", edition.value(), e.toString());
            listener.ledgerTrouble(e.toString());
            inbox.add(new Event.CanaryAnswered(edition, null));
        }
    }

    private void checkFinish(EditionId edition) {
        try {
            progress(edition).add(DeliveryState.EXPIRED, ledger.expire(edition, clock.instant()));
            FinishCheck check = ledger.finish(edition, clock.instant());
            if (check instanceof FinishCheck.SumsDisagree sums) {
                LOG.error("Edition {} is paused: its sums do not agree: {}", edition.value(), sums.sums());
            }
            inbox.add(new Event.FinishAnswered(edition, check));
            if (!(check instanceof FinishCheck.Unfinished)) {
                opened.remove(edition);
                progress(edition).close();
            }
        } catch (RuntimeException e) {
            LOG.error("Edition {} could not be checked; tried again in a moment: {}", edition.value(), e.toString());
            listener.ledgerTrouble(e.toString());
            inbox.add(new Event.FinishFailed(edition));
        }
    }

    private void tick(Instant now, boolean idle) {
        ledger.tidy(now, idle);
        if (due(renewedAt, now, settings.lease().dividedBy(3))) {
            renewedAt = now;
            keepLease();
        }
        if (due(recoveredAt, now, settings.lease().dividedBy(2))) {
            recoveredAt = now;
            ledger.recover(false, settings.uncertain(), now);
        }
        if (due(lookedAt, now, LOOK_EVERY)) {
            lookedAt = now;
            lookForEditions();
        }
    }

    private static boolean due(Instant last, Instant now, Duration every) {
        return last.equals(Instant.MIN) || !last.plus(every).isAfter(now);
    }

    private void join() {
        long began = System.nanoTime();
        ledger.join(settings.lease(), settings.uncertain(), clock.instant());
        leaseEndNanos = began + settings.lease().toNanos();
    }

    private void keepLease() {
        long began = System.nanoTime();
        if (ledger.renew(settings.lease())) {
            leaseEndNanos = began + settings.lease().toNanos();
        } else {
            LOG.warn("This node's lease ran out; its rows were recovered, it takes a new one");
            inbox.add(new Event.LeaseLost());
            opened.clear();
            join();
        }
    }

    private void lookForEditions() {
        Set<EditionId> now = new HashSet<>();
        for (SendingEdition edition : ledger.sending()) {
            List<RelayPool> its = mine.test(edition) ? relays.apply(edition.newsletter()) : List.of();
            if (!its.isEmpty()) {
                now.add(edition.id());
                if (opened.add(edition.id())) {
                    progress(edition.id()).reopen();
                }
                // said at each look: a dispatcher that closed it meanwhile takes it up again, another one knows it
                // already
                open(edition, its);
            }
        }
        opened.removeIf(edition -> {
            boolean gone = !now.contains(edition);
            if (gone) {
                inbox.add(new Event.EditionClosed(edition));
                progress(edition).close();
            }
            return gone;
        });
    }

    private void open(SendingEdition edition, List<RelayPool> its) {
        for (RelayPool pool : its) {
            String name = pool.relay().name();
            if (pools.putIfAbsent(name, pool) == null) {
                inbox.add(new Event.RelayKnown(name, pool.connections()));
            }
        }
        inbox.add(new Event.EditionOpened(
                edition, its.stream().map(RelayPool::share).toList()));
    }
}
