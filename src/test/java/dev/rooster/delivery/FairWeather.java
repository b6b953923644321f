package dev.rooster.delivery;

import dev.rooster.fixtures.SettableClock;
import dev.rooster.mail.SmtpReply;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Nodes with the real dispatcher, over a clock that is moved, an in-memory ledger and relays that take everything after a
 * moment: to see how fast and by which way messages leave.
 */
final class FairWeather {
    static final Instant START = Instant.parse("2026-12-01T22:00:00Z");

    private record Due(Instant at, long order, Runnable what) {}

    /** A body that left. */
    record Sent(Instant at, String node, String relay, String provider, DeliveryKey key) {}

    private final PriorityQueue<Due> agenda =
            new PriorityQueue<>(Comparator.comparing(Due::at).thenComparingLong(Due::order));
    final SettableClock clock = new SettableClock(START);
    final InMemoryWorld world = new InMemoryWorld(clock);
    final List<Sent> sent = new ArrayList<>();
    final List<Node> nodes = new ArrayList<>();
    /** Relays that can't be connected to. */
    final Set<String> dead = new HashSet<>();
    /** Relays that break off at the first envelope. */
    final Set<String> dropping = new HashSet<>();

    private final Map<RateKey, List<RateLimit>> limits = new LinkedHashMap<>();
    final Map<RateKey, WarmUp> warmUps = new LinkedHashMap<>();
    QuietHours quiet;
    private final InMemoryRates rates = new InMemoryRates(clock);
    private final Random random;
    private long order;
    int reservations;
    boolean loginRefused;

    FairWeather(long seed) {
        random = new Random(seed);
    }

    FairWeather limit(RateKey key, String... texts) {
        limits.put(key, List.of(texts).stream().map(RateLimit::of).toList());
        return this;
    }

    SendingEdition edition(int recipients, List<String> providers) {
        SendingEdition edition = world.edition(recipients, START.plus(Duration.ofHours(24)));
        for (long seq = 1; seq <= recipients; seq++) {
            world.provider(edition.id(), seq, providers.get((int) (seq % providers.size())));
        }
        return edition;
    }

    Node node(String name) {
        return new Node(name);
    }

    void runUntil(Instant end) {
        while (!agenda.isEmpty() && !agenda.peek().at().isAfter(end)) {
            Due due = agenda.poll();
            if (due.at().isAfter(clock.instant())) {
                clock.set(due.at());
            }
            due.what().run();
        }
        clock.set(end);
    }

    long count(Predicate<Sent> which) {
        return sent.stream().filter(which).count();
    }

    /** The most that left within any such length of time. */
    long most(Duration window, Predicate<Sent> which) {
        List<Instant> times = sent.stream().filter(which).map(Sent::at).toList();
        long most = 0;
        int from = 0;
        for (int to = 0; to < times.size(); to++) {
            while (!times.get(from).plus(window).isAfter(times.get(to))) {
                from++;
            }
            most = Math.max(most, to - from + 1);
        }
        return most;
    }

    private void after(Duration delay, Runnable what) {
        agenda.add(new Due(clock.instant().plus(delay), order++, what));
    }

    private Duration around(long millis) {
        return Duration.ofNanos((long) (millis * 1e6 * (0.5 + random.nextDouble())));
    }

    /** One process. */
    final class Node {
        private final String name;
        private final Ledger ledger;
        private final Dispatcher dispatcher =
                new Dispatcher(DeliverySettings.defaults().withClaimBatch(200), random);
        final DispatcherState state = new DispatcherState(
                new Rates(limits, warmUps), (newsletter, now) -> quiet == null ? null : quiet.end(now, ZoneOffset.UTC));
        private final List<Event> inbox = new ArrayList<>();
        private int steps;

        private Node(String name) {
            this.name = name;
            this.ledger = world.ledger(name);
            ledger.join(LedgerWorld.LEASE, UncertainPolicy.RESEND, clock.instant());
            nodes.add(this);
            breathe();
        }

        private void breathe() {
            ledger.renew(LedgerWorld.LEASE);
            after(Duration.ofSeconds(10), this::breathe);
        }

        /** How many alarms it gave. */
        int alarms;

        Node relay(String relay, int connections) {
            post(new Event.RelayKnown(relay, connections));
            return this;
        }

        Node send(SendingEdition edition, String relay) {
            return send(edition, new RelayShare(relay, 1, 0));
        }

        Node send(SendingEdition edition, RelayShare... relays) {
            post(new Event.EditionOpened(edition, List.of(relays)));
            return this;
        }

        void post(Event event) {
            inbox.add(event);
            after(Duration.ZERO, this::step);
        }

        private void step() {
            int mine = ++steps;
            List<Event> events = List.copyOf(inbox);
            inbox.clear();
            Dispatcher.Step step = dispatcher.step(state, clock.instant(), events);
            step.actions().forEach(this::carryOut);
            if (step.wakeAt() != null) {
                Duration delay = Duration.between(clock.instant(), step.wakeAt());
                after(delay.isNegative() ? Duration.ofMillis(1) : delay.plusMillis(1), () -> {
                    if (steps == mine) {
                        step();
                    }
                });
            }
        }

        private void carryOut(Action action) {
            if (action instanceof Action.Commit commit) {
                inbox.add(new Event.Committed(ledger.commit(commit.outcomes(), commit.starts(), clock.instant())));
                after(around(2), this::step);
            } else if (action instanceof Action.TakeRows take) {
                after(
                        around(10),
                        () -> post(new Event.Claimed(
                                take.edition(),
                                take.scope(),
                                ledger.claim(
                                        take.edition(), take.scope(), take.cursor(), take.limit(), clock.instant()))));
            } else if (action instanceof Action.ReserveRates reserve) {
                reservations++;
                after(around(20), () -> post(new Event.RatesGranted(rates.reserve(reserve.asks()))));
            } else if (action instanceof Action.Alarm) {
                alarms++;
            } else if (action instanceof Action.Release release) {
                ledger.release(release.rows(), clock.instant());
            } else if (action instanceof Action.CheckFinish check) {
                after(
                        around(5),
                        () -> post(new Event.FinishAnswered(
                                check.edition(), ledger.finish(check.edition(), clock.instant()))));
            } else if (action instanceof Action.OfConnection ofConnection) {
                connection(ofConnection);
            }
        }

        private void connection(Action.OfConnection action) {
            ConnectionId id = action.connection();
            if (action instanceof Action.Connect) {
                boolean down = dead.contains(id.relay());
                after(
                        around(20),
                        () -> post(
                                down
                                        ? new Event.ConnectFailed(id, loginRefused, "no relay")
                                        : new Event.Connected(id)));
            } else if (action instanceof Action.Open open) {
                if (dead.contains(id.relay()) || dropping.contains(id.relay())) {
                    after(
                            around(4),
                            () -> post(new Event.EnvelopeLost(id, open.delivery(), "MAIL: connection reset", true)));
                } else {
                    after(around(4), () -> post(new Event.Ready(id, open.delivery(), true)));
                }
            } else if (action instanceof Action.Send send) {
                sent.add(new Sent(
                        clock.instant(),
                        name,
                        id.relay(),
                        send.delivery().provider(),
                        send.delivery().key()));
                after(around(4), () -> {
                    post(new Event.Answered(id, send.delivery(), new SmtpReply(250, "2.0.0", "Ok"), true));
                    if (send.riding() != null) {
                        after(around(1), () -> post(new Event.Ready(id, send.riding(), true)));
                    }
                });
            } else {
                after(around(1), () -> post(new Event.Closed(id)));
            }
        }
    }
}
