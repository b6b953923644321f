package dev.rooster.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.fixtures.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;

/**
 * One seeded run: the real dispatcher over the in-memory ledger, a clock that is moved, a relay that misbehaves, a database
 * that fails, nodes that die, people who leave. What must always hold is checked at each body and at the end.
 */
final class Simulation {
    private static final Instant START = Instant.parse("2026-12-01T22:00:00Z");
    private static final Duration EXPIRY = Duration.ofHours(3);
    private static final int CONNECTIONS = 3;
    /** Messages a second to one provider. */
    private static final int LIMIT = 2;

    private static final List<RelayShare> ONE_RELAY = List.of(new RelayShare("relay", 1, 0));
    static final List<String> PROVIDERS = List.of("gmail", "gmail", "gmail", "naver", "other");

    private record Due(Instant at, long order, Runnable what) {}

    private final SettableClock clock = new SettableClock(START);
    private final PriorityQueue<Due> agenda =
            new PriorityQueue<>(Comparator.comparing(Due::at).thenComparingLong(Due::order));
    private final Random random;
    private final InMemoryWorld world = new InMemoryWorld(clock);
    private final ScriptedNetwork network;
    private final DeliverySettings settings;
    private final List<Node> nodes = new ArrayList<>();

    private final double ledgerFaults;
    private final double crashes;
    private final List<RelayShare> relays;
    private final Map<RateKey, List<RateLimit>> limits = new LinkedHashMap<>();
    private final InMemoryRates rates = new InMemoryRates(clock);
    /** When rows of the limited provider were offered. */
    private final ArrayDeque<Instant> offers = new ArrayDeque<>();

    private long order;
    private int births;
    private int askedWhilePaused;
    /** Time that a resend gave. */
    private Duration more = Duration.ZERO;

    Simulation(long seed) {
        this(new Random(seed));
        if (random.nextInt(3) == 0) {
            limits.put(Rates.provider("gmail"), List.of(new RateLimit(LIMIT, RateLimit.Period.SECOND)));
            limits.put(Rates.relay("relay"), List.of(RateLimit.of("5/s"), RateLimit.of("1000/h")));
        }
        if (random.nextInt(3) == 0) {
            network.perConnection = 1 + random.nextInt(6);
        }
    }

    private Simulation(Random random) {
        this(
                random,
                new ScriptedNetwork(random, random.nextInt(5) * 0.08),
                random.nextInt(3) * 0.01,
                random.nextInt(3) * 0.003,
                random.nextBoolean()
                        ? ONE_RELAY
                        : List.of(
                                new RelayShare("relay", 2, 0),
                                new RelayShare("second", 1, 0),
                                new RelayShare("backup", 1, 1)));
    }

    private Simulation(
            Random random, ScriptedNetwork network, double ledgerFaults, double crashes, List<RelayShare> relays) {
        this.random = random;
        this.network = network;
        this.ledgerFaults = ledgerFaults;
        this.crashes = crashes;
        this.relays = relays;
        settings = DeliverySettings.defaults()
                .withUncertain(random.nextInt(4) == 0 ? UncertainPolicy.HOLD : UncertainPolicy.RESEND)
                .withClaimBatch(1 + random.nextInt(12));
    }

    /**
     * A run in which nothing goes wrong but that one provider refuses us, from its first mail to the end. Nobody looks.
     *
     * @param refusing the provider
     */
    static void refusedBy(String refusing, long seed) {
        Simulation simulation =
                new Simulation(new Random(seed), new ScriptedNetwork(new Random(seed), 0), 0, 0, ONE_RELAY);
        simulation.network.refusing = refusing;
        SendingEdition edition = simulation.edition(20 + simulation.random.nextInt(40));
        simulation.world.provider(edition.id(), 1, "other".equals(refusing) ? "naver" : "other");
        int nodes = 1 + simulation.random.nextInt(2);
        for (int i = 0; i < nodes; i++) {
            simulation.new Node();
        }
        simulation.untilAllIsFinal();
        simulation.checkEnd();
        for (InMemoryWorld.DeliveryRow row :
                simulation.world.editions.get(edition.id()).rows.values()) {
            if (row.provider.equals(refusing)) {
                assertThat(row.state).isIn(DeliveryState.EXPIRED, DeliveryState.REJECTED);
                assertThat(simulation.network.copies(row.key)).isZero();
            } else {
                assertThat(row.state).as("%s at %s", row.key, row.provider).isEqualTo(DeliveryState.ACCEPTED);
            }
        }
        InMemoryWorld.EditionRow row = simulation.world.editions.get(edition.id());
        long its = row.rows.values().stream()
                .filter(one -> one.provider.equals(refusing))
                .count();
        if (its >= 10 && !refusing.equals("other")) {
            assertThat(row.paused).containsExactly(refusing);
        }
        assertThat(simulation.askedWhilePaused)
                .as("only what was under way when it was paused")
                .isLessThanOrEqualTo(2 * CONNECTIONS * nodes);
    }

    /** A run in which nothing goes wrong but that the relay ends each connection after some messages. */
    static void sentAway(int perConnection, long seed) {
        Simulation simulation =
                new Simulation(new Random(seed), new ScriptedNetwork(new Random(seed), 0), 0, 0, ONE_RELAY);
        simulation.network.perConnection = perConnection;
        simulation.world.edition(100, START.plus(EXPIRY), Duration.ZERO);
        Node node = simulation.new Node();
        simulation.untilAllIsFinal();
        simulation.checkEnd();
        simulation.world.editions.values().stream()
                .flatMap(edition -> edition.rows.values().stream())
                .forEach(row -> {
                    assertThat(row.state).isEqualTo(DeliveryState.ACCEPTED);
                    assertThat(row.attempts).as("tries of %s", row.key).isEqualTo(1);
                });
        assertThat(node.state.relays.get("relay").allowed(simulation.clock.instant()))
                .as("connections that may be had")
                .isEqualTo(CONNECTIONS);
        assertThat(simulation.clock.instant()).as("without any rest").isBefore(START.plusSeconds(180));
    }

    void run() {
        int editions = 1 + random.nextInt(2);
        for (int i = 0; i < editions; i++) {
            edition(1 + random.nextInt(40));
        }
        int atOnce = 1 + random.nextInt(2);
        for (int i = 0; i < atOnce; i++) {
            new Node();
        }
        surprises();
        untilAllIsFinal();
        checkEnd();
    }

    private SendingEdition edition(int recipients) {
        Duration pace = random.nextInt(4) == 0 ? Duration.ofMinutes(3) : Duration.ZERO;
        SendingEdition edition = world.edition(recipients, START.plus(EXPIRY), pace);
        for (long seq = 1; seq <= edition.recipients(); seq++) {
            world.provider(edition.id(), seq, PROVIDERS.get(random.nextInt(PROVIDERS.size())));
        }
        return edition;
    }

    private void untilAllIsFinal() {
        int steps = 0;
        while (!allFinal() || resendSome()) {
            Due due = agenda.poll();
            assertThat(due).as("something is still to happen").isNotNull();
            if (due.at().isAfter(clock.instant())) {
                clock.set(due.at());
            }
            assertThat(clock.instant())
                    .as(() -> "ended in time: " + describe())
                    .isBefore(START.plus(EXPIRY).plus(more).plus(Duration.ofMinutes(40)));
            assertThat(steps++).as(() -> "no busy loop: " + describe()).isLessThan(200_000);
            due.what().run();
        }
    }

    private void after(Duration delay, Runnable what) {
        agenda.add(new Due(clock.instant().plus(delay), order++, what));
    }

    private Duration upTo(long millis) {
        return Duration.ofMillis(1 + random.nextLong(millis));
    }

    // --- what happens around the send ---

    private void surprises() {
        for (InMemoryWorld.EditionRow edition : world.editions.values()) {
            EditionId id = edition.edition.id();
            for (long seq : edition.rows.keySet()) {
                DeliveryKey key = new DeliveryKey(id, seq);
                switch (random.nextInt(25)) {
                    case 0 -> after(upTo(3000), () -> world.unsubscribed.add(key));
                    case 1 -> after(upTo(600_000), () -> world.suppressed.add(key));
                    case 2 -> after(upTo(3000), () -> world.erased.add(key));
                    default -> {}
                }
            }
            if (random.nextInt(3) == 0) {
                after(upTo(5000), () -> pauseFor(id, upTo(900_000)));
            }
        }
        if (random.nextInt(4) == 0) {
            after(upTo(2000), () -> network.down = true);
            after(upTo(1_200_000).plusSeconds(2), () -> network.down = false);
        }
        if (random.nextInt(3) == 0) {
            String provider = PROVIDERS.get(random.nextInt(PROVIDERS.size()));
            after(upTo(2000), () -> network.refusing = provider);
            after(upTo(7_200_000).plusSeconds(2), () -> network.refusing = null);
        }
        if (random.nextInt(6) == 0) {
            after(upTo(2000), () -> network.loginRefused = true);
            after(upTo(600_000).plusSeconds(2), () -> network.loginRefused = false);
        }
        if (random.nextInt(5) == 0) {
            after(upTo(4000), () -> world.held = true);
            after(upTo(60_000).plusSeconds(4), () -> world.held = false);
        }
        if (random.nextInt(4) == 0) {
            after(
                    upTo(5000),
                    () -> nodes.stream().filter(n -> n.alive).findAny().ifPresent(Node::stop));
        }
        after(Duration.ofSeconds(30), this::operator);
    }

    private void pauseFor(EditionId id, Duration length) {
        InMemoryWorld.EditionRow row = world.editions.get(id);
        if (row.state == EditionState.SENDING) {
            row.state = EditionState.PAUSED;
            if (random.nextBoolean()) {
                after(Duration.ofMillis(random.nextLong(length.toMillis() + 1)), () -> amend(id));
            }
            after(length, () -> {
                if (row.state == EditionState.PAUSED) {
                    row.state = EditionState.SENDING;
                }
            });
        }
    }

    /** Mends the issue if it is still paused. */
    private void amend(EditionId id) {
        if (world.editions.get(id).state == EditionState.PAUSED) {
            world.amend(id);
        }
    }

    /** Someone looks every few minutes, resumes what a stop rule paused, and sees that a node runs. */
    private void operator() {
        if (random.nextInt(4) == 0) {
            world.editions.values().forEach(InMemoryWorld.EditionRow::resume);
        }
        if (nodes.stream().noneMatch(node -> node.alive)) {
            new Node();
        }
        after(Duration.ofSeconds(200), this::operator);
    }

    // --- checks ---

    /** What is left, for the message of a failure. */
    private String describe() {
        StringBuilder text = new StringBuilder("held " + world.held + ", leases " + world.leases);
        for (InMemoryWorld.EditionRow edition : world.editions.values()) {
            text.append("\nedition ")
                    .append(edition.edition.id().value())
                    .append(' ')
                    .append(edition.state);
            edition.rows.values().stream()
                    .filter(row -> !row.isFinal())
                    .forEach(row -> text.append(
                            "\n  " + row.key + " " + row.state + " " + row.owner + " next " + row.nextAttempt));
        }
        for (Node node : nodes) {
            text.append("\n").append(node.owner).append(node.alive ? " alive" : " dead");
            node.state.editions.forEach((id, run) -> text.append(" edition ")
                    .append(id.value())
                    .append(" rows " + run.rowsAtHand() + " outside " + run.outside + " taking " + run.taking()
                            + " checking " + run.checking + " fresh " + run.freshLeft() + " look " + run.nextLook()));
            node.lines
                    .values()
                    .forEach(line -> text.append("\n  " + line.id + " "
                            + node.state.relays.get(line.id.relay()).connections.get(line.id).phase + " open "
                            + line.open
                            + " busy "
                            + line.busy));
            text.append("\n  outcomes " + node.state.outcomes.size() + " ledger retry " + node.state.ledgerRetryAt);
        }
        return text.toString();
    }

    private boolean allFinal() {
        return world.editions.values().stream().allMatch(row -> row.state == EditionState.FINISHED);
    }

    /** Once everything is final an operator may send chosen states again. Answers whether anything is to happen. */
    private boolean resendSome() {
        if (!more.isZero() || random.nextInt(3) > 0) {
            return false;
        }
        checkEnd();
        more = EXPIRY;
        Set<DeliveryState> states = EnumSet.noneOf(DeliveryState.class);
        ResendRows.STATES.stream().filter(state -> random.nextBoolean()).forEach(states::add);
        world.editions.keySet().forEach(id -> world.resend(id, states, more));
        return !allFinal();
    }

    /** Limits are never exceeded, whoever dies. A node may have a message at hand whose turn has come. */
    private void offered(ClaimedDelivery delivery) {
        if (limits.isEmpty() || !delivery.provider().equals("gmail")) {
            return;
        }
        Instant now = clock.instant();
        while (!offers.isEmpty() && !offers.peekFirst().plusSeconds(10).isAfter(now)) {
            offers.removeFirst();
        }
        offers.addLast(now);
        assertThat(offers.size()).as("offers in ten seconds").isLessThanOrEqualTo(10 * LIMIT + 1 + nodes.size());
    }

    private void checkBody(Node node, ClaimedDelivery delivery) {
        InMemoryWorld.DeliveryRow row = world.at(delivery.key());
        assertThat(row.state).as("the durable step came before the body").isEqualTo(DeliveryState.SENDING);
        assertThat(row.owner).isEqualTo(node.owner);
        assertThat(world.unsubscribed).doesNotContain(delivery.key());
        assertThat(world.suppressed).doesNotContain(delivery.key());
        assertThat(world.erased).doesNotContain(delivery.key());
        Pace pace = world.editions.get(delivery.key().edition()).pace;
        assertThat(delivery.fresh() && !pace.releases(delivery.key().seq(), clock.instant()))
                .as("%s before the canary or the pace let it go", delivery.key())
                .isFalse();
        assertThat(world.held).isFalse();
        assertThat(world.editions.get(delivery.key().edition()).paused)
                .as("a stopped provider gets nothing more")
                .doesNotContain(row.provider);
        assertThat(world.editions.get(delivery.key().edition()).state).isEqualTo(EditionState.SENDING);
        assertThat(delivery.uncertainCount()).as("resent once").isLessThanOrEqualTo(1 + row.resends);
        assertThat(delivery.version()).as("as the row says").isEqualTo(row.version);
        if (delivery.uncertainCount() == 0) {
            assertThat(delivery.version())
                    .as("whose copy leaves after the issue was mended gets the mended one")
                    .isEqualTo(world.editions.get(delivery.key().edition()).version);
        }
    }

    private void checkEnd() {
        for (InMemoryWorld.EditionRow edition : world.editions.values()) {
            for (InMemoryWorld.DeliveryRow row : edition.rows.values()) {
                int copies = network.copies(row.key);
                assertThat(row.isFinal())
                        .as("%s is final, not %s", row.key, row.state)
                        .isTrue();
                assertThat(row.owner).isNull();
                assertThat(copies).as("copies of %s", row.key).isLessThanOrEqualTo(1 + row.uncertainCount);
                assertThat(copies).isLessThanOrEqualTo(2 + row.resends);
                assertThat(network.versions(row.key))
                        .as("%s got copies of one version", row.key)
                        .hasSizeLessThanOrEqualTo(1)
                        .isSubsetOf(Set.of(row.version));
                if (settings.uncertain() == UncertainPolicy.HOLD) {
                    assertThat(copies).isLessThanOrEqualTo(1 + row.resends);
                }
                switch (row.state) {
                    case ACCEPTED ->
                        assertThat(copies).as("%s was accepted", row.key).isPositive();
                    case SKIPPED, EXPIRED ->
                        assertThat(copies).as("%s %s", row.key, row.state).isZero();
                    case REJECTED -> assertThat(copies).isLessThanOrEqualTo(row.uncertainCount);
                    default -> assertThat(row.uncertainCount).isPositive();
                }
            }
        }
    }

    // --- a node ---

    /** A process: dispatcher, ledger, connections. Dies without a word when told so. */
    private final class Node {
        private final String owner = "node" + births++;
        private final Ledger ledger = world.ledger(owner);
        private final Dispatcher dispatcher = new Dispatcher(settings, random);
        private final DispatcherState state = new DispatcherState(new Rates(limits));
        private final List<Event> inbox = new ArrayList<>();
        private final Map<ConnectionId, Line> lines = new HashMap<>();
        private final Set<EditionId> known = new HashSet<>();
        private boolean alive = true;
        private boolean stepping;
        private Instant nextRing;

        Node() {
            nodes.add(this);
            ledger.join(settings.lease(), settings.uncertain(), clock.instant());
            relays.forEach(share -> inbox.add(new Event.RelayKnown(share.relay(), CONNECTIONS)));
            keep();
        }

        void stop() {
            post(new Event.Stop(settings.stopGrace()));
        }

        private void die() {
            alive = false;
            lines.values().forEach(Line::drop);
            if (random.nextBoolean()) {
                after(upTo(5000), Node::new);
            }
        }

        /** What the engine's keeper does: breathe, recover, look which editions may be sent. */
        private void keep() {
            if (!alive) {
                return;
            }
            if (!ledger.renew(settings.lease())) {
                known.clear();
                post(new Event.LeaseLost());
                ledger.join(settings.lease(), settings.uncertain(), clock.instant());
            }
            ledger.recover(false, settings.uncertain(), clock.instant());
            look();
            after(Duration.ofSeconds(7), this::keep);
        }

        /** What may be sent now, as the engine says it at each look. */
        private void look() {
            if (!alive) {
                return;
            }
            List<SendingEdition> sending = ledger.sending();
            for (SendingEdition edition : sending) {
                known.add(edition.id());
                post(new Event.EditionOpened(edition, relays));
            }
            known.removeIf(id -> {
                boolean gone =
                        sending.stream().noneMatch(edition -> edition.id().equals(id));
                if (gone) {
                    post(new Event.EditionClosed(id));
                }
                return gone;
            });
        }

        void post(Event event) {
            if (alive) {
                inbox.add(event);
                after(Duration.ZERO, this::step);
            }
        }

        private void step() {
            while (alive && !stepping) {
                stepping = true;
                List<Event> events = List.copyOf(inbox);
                inbox.clear();
                Dispatcher.Step step = dispatcher.step(state, clock.instant(), events);
                for (Action action : step.actions()) {
                    if (alive) {
                        carryOut(action);
                    }
                }
                stepping = false;
                assertThat(lines.values().stream().filter(line -> line.open).count())
                        .as("connections")
                        .isLessThanOrEqualTo((long) CONNECTIONS * relays.size());
                if (inbox.isEmpty()) {
                    if (step.wakeAt() != null && alive) {
                        wakeAt(step.wakeAt());
                    }
                    return;
                }
            }
        }

        /** One alarm clock, as the engine has: set anew after each step, the nearest ring counts. */
        private void wakeAt(Instant at) {
            Instant ring = at.isAfter(clock.instant())
                    ? at.plusMillis(1)
                    : clock.instant().plusMillis(1);
            if (nextRing == null || !nextRing.isAfter(clock.instant()) || ring.isBefore(nextRing)) {
                nextRing = ring;
                agenda.add(new Due(ring, order++, () -> {
                    if (ring.equals(nextRing)) {
                        nextRing = null;
                        step();
                    }
                }));
            }
        }

        private void carryOut(Action action) {
            if (action instanceof Action.OfConnection ofConnection) {
                lines.computeIfAbsent(ofConnection.connection(), Line::new).carryOut(ofConnection);
            } else if (action instanceof Action.Commit commit) {
                commit(commit);
            } else if (action instanceof Action.TakeRows take) {
                after(upTo(20), () -> takeRows(take));
            } else if (action instanceof Action.Release release) {
                ledger.release(release.rows(), clock.instant());
            } else if (action instanceof Action.AskForCanary ask) {
                after(upTo(20), () -> {
                    if (alive) {
                        post(new Event.CanaryAnswered(
                                ask.edition(), ledger.passCanary(ask.edition(), clock.instant())));
                    }
                });
            } else if (action instanceof Action.ReserveRates reserve) {
                after(upTo(100), () -> {
                    boolean fails = random.nextDouble() < ledgerFaults;
                    post(
                            fails
                                    ? new Event.RatesFailed(reserve.asks())
                                    : new Event.RatesGranted(rates.reserve(reserve.asks())));
                });
            } else if (action instanceof Action.CheckFinish check) {
                after(upTo(20), () -> {
                    if (alive) {
                        ledger.expire(check.edition(), clock.instant());
                        post(new Event.FinishAnswered(
                                check.edition(), ledger.finish(check.edition(), clock.instant())));
                    }
                });
            } else if (action instanceof Action.Pause pause) {
                ledger.pause(pause.edition(), pause.reason(), clock.instant());
            } else if (action instanceof Action.Stopped) {
                assertThat(lines.values()).noneMatch(line -> line.open);
                ledger.leave();
                alive = false;
            }
        }

        private void commit(Action.Commit commit) {
            if (random.nextDouble() < crashes) {
                die();
                return;
            }
            if (random.nextDouble() < ledgerFaults) {
                inbox.add(new Event.CommitFailed("refused"));
                return;
            }
            List<StartAnswer> answers = ledger.commit(commit.outcomes(), commit.starts(), clock.instant());
            if (random.nextDouble() < crashes) {
                die();
            } else if (random.nextDouble() < ledgerFaults) {
                inbox.add(new Event.CommitFailed("the connection broke after the commit"));
            } else {
                for (StartAnswer answer : answers) {
                    if (answer.refusal().isEmpty()) {
                        checkBody(this, answer.start().delivery());
                    }
                }
                inbox.add(new Event.Committed(answers));
                if (commit.outcomes().stream().anyMatch(Outcome::speaksAgainstUs)) {
                    after(upTo(5), this::look);
                }
            }
        }

        private void takeRows(Action.TakeRows take) {
            if (!alive) {
                return;
            }
            if (random.nextDouble() < ledgerFaults) {
                post(new Event.ClaimFailed(take.edition(), take.scope(), "refused"));
                return;
            }
            Claim claim = ledger.claim(take.edition(), take.scope(), take.cursor(), take.limit(), clock.instant());
            if (random.nextDouble() < crashes) {
                die();
            } else {
                post(new Event.Claimed(take.edition(), take.scope(), claim));
            }
        }

        /** One connection of this node. */
        private final class Line {
            private final ConnectionId id;
            private boolean open;
            private boolean dotWritten;
            private boolean busy;
            private ClaimedDelivery body;
            private ClaimedDelivery riding;
            private ClaimedDelivery opening;
            private int life;
            private int messages;

            Line(ConnectionId id) {
                this.id = id;
            }

            void drop() {
                life++;
                open = false;
                busy = false;
            }

            /** Runs later, unless the line or the node is gone by then. */
            private void later(Duration delay, Runnable what) {
                int then = life;
                after(delay, () -> {
                    if (alive && life == then) {
                        what.run();
                    }
                });
            }

            void carryOut(Action.OfConnection action) {
                if (action instanceof Action.Connect) {
                    assertThat(open).isFalse();
                    busy = true;
                    opening = null;
                    body = null;
                    later(upTo(300), this::connect);
                } else if (action instanceof Action.Open opened) {
                    assertThat(open).isTrue();
                    opening = opened.delivery();
                    offered(opening);
                    busy = true;
                    later(upTo(100), () -> envelope(opened.delivery()));
                } else if (action instanceof Action.Send send) {
                    assertThat(open).isTrue();
                    body = send.delivery();
                    riding = send.riding();
                    if (riding != null) {
                        offered(riding);
                    }
                    dotWritten = false;
                    busy = true;
                    later(upTo(200), this::dot);
                } else if (action instanceof Action.Close) {
                    drop();
                    after(upTo(20), () -> post(new Event.Closed(id)));
                } else if (action instanceof Action.Abandon) {
                    abandon();
                }
            }

            private void connect() {
                busy = false;
                if (dead() || refusesLogin()) {
                    post(new Event.ConnectFailed(id, refusesLogin(), "no relay"));
                } else {
                    open = true;
                    messages = 0;
                    post(new Event.Connected(id));
                }
            }

            /** The others are alive while the first one is not. */
            private boolean dead() {
                return network.down && id.relay().equals("relay");
            }

            private boolean refusesLogin() {
                return network.loginRefused && id.relay().equals("relay");
            }

            private void abandon() {
                boolean was = busy;
                drop();
                if (was && body != null) {
                    post(new Event.BodyLost(id, body, dotWritten, "stopped"));
                    if (riding != null) {
                        post(new Event.EnvelopeLost(id, riding, "stopped"));
                    }
                } else if (was && opening != null) {
                    post(new Event.EnvelopeLost(id, opening, "stopped"));
                }
                body = null;
                opening = null;
                post(new Event.Closed(id));
            }

            private void envelope(ClaimedDelivery delivery) {
                busy = false;
                opening = null;
                ScriptedNetwork.Fate fate = network.fate(delivery);
                askedWhilePaused +=
                        world.editions.get(delivery.key().edition()).paused.contains(delivery.provider()) ? 1 : 0;
                if (messages >= network.perConnection) {
                    drop();
                    post(network.farewell(id, delivery));
                    return;
                }
                fates.put(delivery.key(), fate);
                Event.Refused refusal = ScriptedNetwork.refusal(id, delivery, fate);
                if (fate == ScriptedNetwork.Fate.LOST_ENVELOPE || dead()) {
                    drop();
                    post(new Event.EnvelopeLost(id, delivery, "connection reset", random.nextBoolean()));
                } else if (refusal != null) {
                    post(refusal);
                } else {
                    post(new Event.Ready(id, delivery, messages < 8));
                }
            }

            private final Map<DeliveryKey, ScriptedNetwork.Fate> fates = new HashMap<>();

            private void dot() {
                ScriptedNetwork.Fate fate = fates.get(body.key());
                messages++;
                dotWritten = fate != ScriptedNetwork.Fate.LOST_BEFORE_DOT;
                if (fate == ScriptedNetwork.Fate.ACCEPT || fate == ScriptedNetwork.Fate.LOST_AFTER_DOT_TAKEN) {
                    network.take(body.key(), body.version());
                }
                later(upTo(random.nextInt(50) == 0 ? 20_000 : 300), () -> reply(fate));
            }

            private void reply(ScriptedNetwork.Fate fate) {
                ClaimedDelivery answered = body;
                ClaimedDelivery next = riding;
                busy = false;
                body = null;
                riding = null;
                switch (fate) {
                    case LOST_BEFORE_DOT, LOST_AFTER_DOT_TAKEN, LOST_AFTER_DOT_NOT_TAKEN -> {
                        drop();
                        post(new Event.BodyLost(id, answered, dotWritten, "connection reset"));
                        if (next != null) {
                            post(new Event.EnvelopeLost(id, next, "connection reset"));
                        }
                    }
                    default -> {
                        boolean usable = messages < 9 && fate != ScriptedNetwork.Fate.BUSY_BODY;
                        post(new Event.Answered(id, answered, ScriptedNetwork.bodyReply(fate), usable));
                        if (next != null && fate == ScriptedNetwork.Fate.BUSY_BODY) {
                            drop();
                            post(new Event.EnvelopeLost(id, next, "connection closed"));
                        } else if (next != null) {
                            opening = next;
                            busy = true;
                            later(upTo(10), () -> envelope(next));
                        }
                    }
                }
            }
        }
    }
}
