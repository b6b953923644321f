package dev.rooster.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.fixtures.Databases;
import dev.rooster.mail.EmailAddress;
import dev.rooster.mail.MessageBuffer;
import dev.rooster.mail.SmtpReply;
import dev.rooster.mail.relay.Envelope;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The engine on its threads, over real databases. */
class DeliveryEngineTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration STOP_GRACE = Duration.ofSeconds(1);

    private final InMemoryRelay relay = new InMemoryRelay();
    private JdbiWorld world;
    private DeliveryEngine engine;

    private volatile boolean outage;

    private final Copies copies = new Copies() {
        @Override
        public Envelope envelope(ClaimedDelivery delivery) {
            if (outage) {
                throw new IllegalStateException("the version can't be read");
            }
            return new Envelope(
                    "b+" + delivery.key().seq() + "@bounces.example.com",
                    delivery.recipient().address(),
                    null,
                    false,
                    0);
        }

        @Override
        public void write(ClaimedDelivery delivery, MessageBuffer out) {
            if (delivery.recipient().address().equals(EmailAddress.of("reader7@example.com"))) {
                throw new IllegalArgumentException("no message for the seventh");
            }
            out.clear();
            out.appendAscii("Message-ID: <" + delivery.key().seq() + "@example.com>\r\n\r\nHello\r\n");
        }
    };

    private void begin(Databases.Kind kind) {
        world = new JdbiWorld(kind);
    }

    private void startEngine(String owner) {
        engine = new DeliveryEngine.Builder(
                        world.ledger(owner),
                        newsletter -> List.of(new RelayPool(relay, 4)),
                        copies,
                        InstantSource.system(),
                        new Random(1))
                .settings(DeliverySettings.defaults().withClaimBatch(20).withStopGrace(STOP_GRACE))
                .alone(true)
                .build();
        engine.start();
    }

    @AfterEach
    void stop() {
        if (engine != null) {
            engine.stop();
        }
        world.shutDown();
    }

    private SendingEdition edition(int recipients) {
        return world.edition(recipients, Instant.now().plus(Duration.ofHours(24)));
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            LockSupport.parkNanos(5_000_000);
        }
    }

    private EditionCounts counts(SendingEdition edition) {
        world.settle();
        return world.database.jdbi().withHandle(handle -> world.editions.counts(handle, edition.id()));
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void everyRecipientGetsExactlyOneAndTheSumsAgree(Databases.Kind kind) {
        begin(kind);
        SendingEdition edition = edition(200);
        SmtpReply unknown = new SmtpReply(550, "5.1.1", "no such user");
        relay.envelopes = envelope -> envelope.rcpt().local().endsWith("9") ? unknown : null;
        startEngine("a");
        await(() -> world.state(edition.id()) == EditionState.FINISHED);
        EditionCounts counts = counts(edition);
        assertThat(counts.of(DeliveryState.ACCEPTED)).isEqualTo(179);
        assertThat(counts.of(DeliveryState.REJECTED)).isEqualTo(21);
        assertThat(relay.taken)
                .hasSize(179)
                .allSatisfy((who, copies) -> assertThat(copies).hasSize(1));
        assertThat(world.row(edition.id(), 7).reason()).isEqualTo(DeliveryReason.UNSENDABLE);
        assertThat(relay.openMost.get()).isLessThanOrEqualTo(4);
        assertThat(engine.progress(edition.id()).recorded(DeliveryState.ACCEPTED))
                .isEqualTo(179);
        assertThat(engine.progress(edition.id()).closed()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void stoppingWaitsForRepliesAndGivesTheRestBack(Databases.Kind kind) {
        begin(kind);
        SendingEdition edition = edition(60);
        relay.gate = new CountDownLatch(1);
        startEngine("a");
        await(() -> counts(edition).of(DeliveryState.SENDING) == 4);
        long began = System.nanoTime();
        engine.stop();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(STOP_GRACE, STOP_GRACE.plusSeconds(4));
        EditionCounts counts = counts(edition);
        // reader 7, for whom no message can be made, may have been found out before the stop or not
        assertThat(counts.of(DeliveryState.QUEUED) + counts.of(DeliveryState.REJECTED))
                .isEqualTo(56);
        assertThat(counts.of(DeliveryState.UNCERTAIN)).isEqualTo(4);
        assertThat(counts.uncertainToResend()).isEqualTo(4);
        assertThat(relay.open.get()).isZero();
        relay.gate = null;
        startEngine("b");
        await(() -> world.state(edition.id()) == EditionState.FINISHED);
        assertThat(counts(edition).of(DeliveryState.ACCEPTED)).isEqualTo(59);
        assertThat(counts(edition).uncertainSeen()).isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void aPausedEditionStopsAtOnceAndResumesWithTheRest(Databases.Kind kind) {
        begin(kind);
        SendingEdition edition = edition(300);
        CountDownLatch some = new CountDownLatch(40);
        relay.bodies = envelope -> {
            some.countDown();
            if (some.getCount() == 0 && world.state(edition.id()) == EditionState.SENDING) {
                world.setState(edition.id(), EditionState.PAUSED);
            }
            return InMemoryRelay.OK;
        };
        startEngine("a");
        await(() -> counts(edition).of(DeliveryState.CLAIMED) + counts(edition).of(DeliveryState.SENDING) == 0
                && world.state(edition.id()) == EditionState.PAUSED);
        int sent = relay.messages();
        assertThat(sent).isBetween(36, 60);
        assertThat(counts(edition).of(DeliveryState.ACCEPTED)).isEqualTo(sent);
        relay.bodies = envelope -> InMemoryRelay.OK;
        world.setState(edition.id(), EditionState.SENDING);
        engine.look();
        await(() -> world.state(edition.id()) == EditionState.FINISHED);
        assertThat(relay.taken)
                .hasSize(299)
                .allSatisfy((who, copies) -> assertThat(copies).hasSize(1));
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void aRefusalOfTheSenderPausesAndSuppressesNobody(Databases.Kind kind) {
        begin(kind);
        SendingEdition edition = edition(100);
        relay.bodies = envelope -> new SmtpReply(550, "5.7.26", "unauthenticated mail is not accepted");
        startEngine("a");
        await(() -> world.state(edition.id()) == EditionState.PAUSED
                && counts(edition).of(DeliveryState.CLAIMED) + counts(edition).of(DeliveryState.SENDING) == 0);
        EditionCounts counts = counts(edition);
        assertThat(counts.of(DeliveryState.REJECTED))
                .as("the one that can't be made")
                .isLessThanOrEqualTo(1);
        assertThat(counts.of(DeliveryState.DEFERRED)).isBetween(5L, 12L);
        assertThat(counts.of(DeliveryState.QUEUED) + counts.of(DeliveryState.DEFERRED))
                .isGreaterThanOrEqualTo(99);
        assertThat(world.heard()).contains("paused SENDER_REFUSED");
    }

    /** Every fifth reader is at gmail, which refuses us from the start. */
    private SendingEdition editionThatGmailRefuses(int recipients) {
        SendingEdition edition = edition(recipients);
        world.database
                .jdbi()
                .useHandle(handle -> handle.execute("update delivery set provider = 'gmail' where mod(seq, 5) = 0"));
        world.database.jdbi().useTransaction(handle -> new JdbiEditionProviders().insertAll(handle, edition.id()));
        SmtpReply blocked = new SmtpReply(550, "5.7.26", "unauthenticated mail is not accepted");
        relay.envelopes = envelope -> {
            boolean gmail = Integer.parseInt(envelope.rcpt().local().substring("reader".length())) % 5 == 0;
            return gmail && tries.incrementAndGet() > 0 ? blocked : null;
        };
        return edition;
    }

    private final AtomicInteger tries = new AtomicInteger();

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void aProviderThatRefusesUsStopsAloneAndTheOthersGetTheirs(Databases.Kind kind) {
        begin(kind);
        SendingEdition edition = editionThatGmailRefuses(400);
        startEngine("a");
        await(() -> relay.messages() == 319
                && counts(edition).of(DeliveryState.CLAIMED) + counts(edition).of(DeliveryState.SENDING) == 0);
        EditionCounts counts = counts(edition);
        assertThat(world.state(edition.id())).isEqualTo(EditionState.SENDING);
        assertThat(world.heard())
                .filteredOn(word -> word.startsWith("paused"))
                .containsExactly("paused gmail SENDER_REFUSED");
        assertThat(counts.of(DeliveryState.ACCEPTED)).isEqualTo(319);
        assertThat(counts.of(DeliveryState.REJECTED))
                .as("the one that can't be made")
                .isEqualTo(1);
        assertThat(counts.of(DeliveryState.QUEUED) + counts.of(DeliveryState.DEFERRED))
                .as("nobody at gmail is lost")
                .isEqualTo(80);
        assertThat(tries.get()).as("few were asked").isBetween(5, 20);

        relay.envelopes = envelope -> null;
        world.database
                .jdbi()
                .useTransaction(
                        handle -> new JdbiEditionProviders().resume(handle, edition.id(), "gmail", Instant.now()));
        await(() -> counts(edition).of(DeliveryState.QUEUED) == 0
                && counts(edition).of(DeliveryState.CLAIMED) + counts(edition).of(DeliveryState.SENDING) == 0);
        assertThat(counts(edition).of(DeliveryState.ACCEPTED) + counts(edition).of(DeliveryState.DEFERRED))
                .as("those refused wait for their next try")
                .isEqualTo(399);
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void aRelayThatRefusesEverybodyStopsTheEdition(Databases.Kind kind) {
        begin(kind);
        SendingEdition edition = editionThatGmailRefuses(100);
        relay.envelopes = envelope -> new SmtpReply(550, "5.7.1", "relay access denied: sender not allowed");
        startEngine("a");
        await(() -> world.state(edition.id()) == EditionState.PAUSED);
        assertThat(world.heard())
                .filteredOn(word -> word.startsWith("paused"))
                .contains("paused SENDER_REFUSED")
                .hasSizeLessThanOrEqualTo(2);
        assertThat(relay.messages()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void moreThanThreeDeadAddressesInAHundredStopTheEdition(Databases.Kind kind) {
        begin(kind);
        SendingEdition edition = edition(600);
        SmtpReply unknown = new SmtpReply(550, "5.1.1", "no such user");
        relay.envelopes = envelope -> envelope.rcpt().local().endsWith("3") ? unknown : null;
        startEngine("a");
        await(() -> world.state(edition.id()) == EditionState.PAUSED);
        assertThat(world.heard()).contains("paused HARD_BOUNCES");
        assertThat(relay.messages()).isBetween(175, 250);
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void aRelayThatIsDownConsumesNobody(Databases.Kind kind) {
        begin(kind);
        relay.unreachable = true;
        SendingEdition edition = edition(30);
        startEngine("a");
        await(() -> counts(edition).of(DeliveryState.CLAIMED) > 0);
        relay.unreachable = false;
        await(() -> world.state(edition.id()) == EditionState.FINISHED);
        assertThat(world.row(edition.id(), 1).attempts()).isEqualTo(1);
        assertThat(counts(edition).of(DeliveryState.ACCEPTED)).isEqualTo(29);
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void aMessageThatCannotBeMadeJustNowHoldsUpNobodyAndRejectsNobody(Databases.Kind kind) {
        begin(kind);
        outage = true;
        SendingEdition edition = edition(20);
        startEngine("a");
        await(() -> counts(edition).of(DeliveryState.DEFERRED) > 0);
        outage = false;
        await(() -> counts(edition).of(DeliveryState.CLAIMED) + counts(edition).of(DeliveryState.SENDING) == 0
                && counts(edition).of(DeliveryState.QUEUED) == 0);
        EditionCounts counts = counts(edition);
        assertThat(counts.of(DeliveryState.ACCEPTED)).isPositive();
        assertThat(counts.of(DeliveryState.ACCEPTED) + counts.of(DeliveryState.DEFERRED))
                .as("all but the one that can't be made")
                .isEqualTo(19);
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void memoryThatRunsOutEndsTheEngineAndLosesNobody(Databases.Kind kind) {
        begin(kind);
        SendingEdition edition = edition(100);
        CountDownLatch some = new CountDownLatch(20);
        AtomicInteger failures = new AtomicInteger();
        relay.bodies = envelope -> {
            some.countDown();
            if (some.getCount() == 0 && failures.getAndIncrement() == 0) {
                throw new OutOfMemoryError("for the test");
            }
            return InMemoryRelay.OK;
        };
        startEngine("a");
        await(() ->
                engine.failure().isPresent() && engine.progress(edition.id()).closed());
        EditionCounts counts = counts(edition);
        assertThat(counts.of(DeliveryState.UNCERTAIN)).isEqualTo(1);
        assertThat(counts.of(DeliveryState.CLAIMED) + counts.of(DeliveryState.SENDING))
                .isZero();
        assertThat(counts.of(DeliveryState.ACCEPTED))
                .isEqualTo(relay.messages())
                .isLessThan(99);
        engine.stop();
        startEngine("b");
        await(() -> counts(edition).of(DeliveryState.QUEUED) == 0);
    }
}
