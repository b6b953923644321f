package dev.rooster.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.fixtures.Databases;
import dev.rooster.issue.IssueId;
import dev.rooster.sandbox.PeerScript;
import dev.rooster.sandbox.ScriptedSmtpPeer;
import dev.rooster.smtp.RelaySettings;
import dev.rooster.smtp.SmtpRelay;
import dev.rooster.subscriber.ConsentMethod;
import dev.rooster.subscriber.Evidence;
import dev.rooster.subscriber.RefusalScope;
import dev.rooster.subscriber.SubscriberId;
import dev.rooster.subscriber.Subscribing;
import dev.rooster.suppression.RefusalLog;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The real engine, relay and database at full speed against a real socket: what is stopped stops, who leaves is left alone.
 * {@code -Drooster.leaving=1000} lets so many people leave, each at a moment of their own, instead of {@value #LEAVING}.
 */
class StopAtOnceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int CONNECTIONS = 8;
    private static final int LEAVING = 300;

    private static void await(BooleanSupplier condition) {
        await(condition, 200_000);
    }

    /** For what is asked of the database, which has other things to do. */
    private static void awaitSlowly(BooleanSupplier condition) {
        await(condition, 20_000_000);
    }

    private static void await(BooleanSupplier condition, long nanos) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            LockSupport.parkNanos(nanos);
        }
    }

    private static RelayPool pool(ScriptedSmtpPeer peer, Press press) {
        RelaySettings settings =
                RelaySettings.defaults(peer.host()).withPort(peer.port()).withTls(RelaySettings.Tls.NONE);
        return new RelayPool(new SmtpRelay(settings, press.clock), CONNECTIONS);
    }

    private static Edition start(Press press, IssueId issue) {
        return ((StartOutcome.Started) press.editions.start(press.newsletter, issue, Duration.ZERO, seen -> {}))
                .edition();
    }

    private static EditionState state(Press press, IssueId issue) {
        return press.editions.find(issue).orElseThrow().state();
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void afterAPauseNoBodyIsBegunAndTheRestGoesOutAfterwards(Databases.Kind kind) throws IOException {
        int readers = 1_500;
        CountDownLatch underWay = new CountDownLatch(300);
        AtomicLong lastTaken = new AtomicLong();
        try (Press press = new Press(kind);
                ScriptedSmtpPeer peer = ScriptedSmtpPeer.start(PeerScript.polite(), 0, message -> {
                    lastTaken.accumulateAndGet(System.nanoTime(), Math::max);
                    underWay.countDown();
                })) {
            press.readers(readers);
            IssueId issue = press.issue();
            Edition edition = start(press, issue);
            DeliveryEngine engine = press.engine(press.ledger("a"), pool(peer, press));
            engine.start();
            try {
                await(() -> underWay.getCount() == 0);
                press.editions.pause(issue, "");
                long pausedAt = System.nanoTime();
                awaitSlowly(() -> {
                    EditionCounts counts = press.editions.counts(edition.id());
                    return counts.of(DeliveryState.CLAIMED) + counts.of(DeliveryState.SENDING) == 0;
                });
                long taken = peer.acceptedCount();
                // what was begun before the pause has been taken by now; nothing else was
                assertThat(Duration.ofNanos(lastTaken.get() - pausedAt)).isLessThan(Duration.ofSeconds(1));
                assertThat(taken).isBetween(300L, readers - 1L);
                assertThat(press.editions.counts(edition.id()).of(DeliveryState.ACCEPTED))
                        .isEqualTo(taken);
                press.editions.resume(issue);
                engine.look();
                awaitSlowly(() -> state(press, issue) == EditionState.FINISHED);
            } finally {
                engine.stop();
            }
            assertThat(peer.acceptedCount()).isEqualTo(readers);
            assertThat(press.editions.counts(edition.id()).of(DeliveryState.ACCEPTED))
                    .isEqualTo(readers);
        }
    }

    /** When the durable step of each row that was let go was begun. */
    private static Ledger timed(Ledger ledger, Map<Long, Long> begunAt) {
        return (Ledger) Proxy.newProxyInstance(
                Ledger.class.getClassLoader(), new Class<?>[] {Ledger.class}, (proxy, method, arguments) -> {
                    long before = System.nanoTime();
                    Object answer;
                    try {
                        answer = method.invoke(ledger, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                    if (method.getName().equals("commit")) {
                        for (Object each : (List<?>) answer) {
                            StartAnswer start = (StartAnswer) each;
                            if (start.refusal().isEmpty()) {
                                begunAt.put(start.start().delivery().recipient().subscriberId(), before);
                            }
                        }
                    }
                    return answer;
                });
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void whoUnsubscribedBeforeTheirMessageLeftDoesNotGetIt(Databases.Kind kind) throws Exception {
        int leaving = Integer.getInteger("rooster.leaving", LEAVING);
        int readers = 4 * leaving;
        Random random = new Random(6);
        Map<Long, Long> begunAt = new ConcurrentHashMap<>();
        Set<String> taken = ConcurrentHashMap.newKeySet();
        try (Press press = new Press(kind);
                ScriptedSmtpPeer peer =
                        ScriptedSmtpPeer.start(PeerScript.polite(), 0, message -> taken.add(message.rcpt()))) {
            press.readers(readers);
            Subscribing subscribing =
                    new Subscribing(press.keys.addressHash(), new RefusalLog(Databases.temporaryFolder()), press.clock);
            IssueId issue = press.issue();
            Edition edition = start(press, issue);
            List<Long> people = new ArrayList<>();
            for (long id = 1; id <= readers; id++) {
                people.add(id);
            }
            Collections.shuffle(people, random);
            Map<Long, Long> leftAt = new ConcurrentHashMap<>();
            Thread leave = new Thread(() -> {
                for (int i = 0; i < leaving; i++) {
                    long id = people.get(i);
                    long moment = 20 + 2L * i + random.nextInt(3);
                    await(() -> peer.acceptedCount() >= moment);
                    press.database
                            .jdbi()
                            .useTransaction(handle -> subscribing.refuse(
                                    handle,
                                    press.newsletter.id(),
                                    new SubscriberId(id),
                                    new Evidence(
                                            press.clock.instant(), ConsentMethod.ONE_CLICK, "test", null, null, null),
                                    RefusalScope.THIS_NEWSLETTER));
                    leftAt.put(id, System.nanoTime());
                }
            });
            DeliveryEngine engine = press.engine(timed(press.ledger("a"), begunAt), pool(peer, press));
            engine.start();
            try {
                leave.start();
                awaitSlowly(() -> state(press, issue) == EditionState.FINISHED);
                leave.join(PATIENCE.toMillis());
            } finally {
                engine.stop();
            }
            long spared = 0;
            long late = 0;
            for (Map.Entry<Long, Long> left : leftAt.entrySet()) {
                Long begun = begunAt.get(left.getKey());
                boolean mailed = taken.contains("reader" + left.getKey() + "@press.test");
                assertThat(mailed).as("taken as the ledger says").isEqualTo(begun != null);
                assertThat(begun == null || begun < left.getValue())
                        .as("reader %s had left before the message did", left.getKey())
                        .isTrue();
                spared += begun == null ? 1 : 0;
                late += begun == null ? 0 : 1;
            }
            assertThat(leftAt).hasSize(leaving);
            assertThat(spared).as("left in time").isPositive();
            EditionCounts counts = press.editions.counts(edition.id());
            assertThat(counts.of(DeliveryState.ACCEPTED)).isEqualTo(readers - spared);
            assertThat(counts.of(DeliveryState.SKIPPED)).isEqualTo(spared);
            assertThat(spared + late).isEqualTo(leaving);
        }
    }
}
