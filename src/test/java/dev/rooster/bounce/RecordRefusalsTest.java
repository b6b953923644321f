package dev.rooster.bounce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.delivery.ClaimedDelivery;
import dev.rooster.delivery.DeliveryKey;
import dev.rooster.delivery.DeliveryReason;
import dev.rooster.delivery.DeliveryState;
import dev.rooster.delivery.Outcome;
import dev.rooster.delivery.Recipient;
import dev.rooster.delivery.RecordedOutcome;
import dev.rooster.fixtures.Databases;
import dev.rooster.mail.ReplyClassifier;
import dev.rooster.mail.SmtpCommand;
import dev.rooster.mail.SmtpReply;
import dev.rooster.subscriber.Subscriber;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecordRefusalsTest {

    private static RecordedOutcome outcome(
            BounceWorld world, long edition, Subscriber reader, DeliveryState state, String reply) {
        Recipient recipient = new Recipient(
                reader.id().value(), reader.publicId(), reader.address(), reader.addressHash(), null, null, "{}");
        SmtpReply parsed = SmtpReply.parse(reply);
        Outcome outcome = new Outcome(
                new ClaimedDelivery(DeliveryKey.of(edition, 1), 1, "other", 0, 0, recipient),
                state,
                state == DeliveryState.REJECTED ? DeliveryReason.REFUSED : null,
                "default",
                parsed,
                parsed.toString(),
                ReplyClassifier.classify(parsed, SmtpCommand.RCPT),
                null);
        return new RecordedOutcome(world.newsletter, outcome, world.clock.instant());
    }

    private static void record(BounceWorld world, RecordedOutcome outcome) {
        world.database.jdbi().useTransaction(handle -> world.refusals.recorded(handle, List.of(outcome)));
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void anAddressTheRelayRefusesForGoodIsSuppressedWithTheOutcome(Databases.Kind kind) {
        try (BounceWorld world = new BounceWorld(kind)) {
            Subscriber kim = world.reader("kim@example.net");
            long edition = world.edition("rejected", kim);
            record(world, outcome(world, edition, kim, DeliveryState.REJECTED, "550 5.1.1 no such user"));
            assertThat(world.standing(kim)).isEqualTo("bounced hard-bounce");
            assertThat(world.arrival(edition, 1)).as("it was never on its way").isEqualTo("unknown");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void aRefusalThatBlamesUsIsWrittenDownAndSparesTheReader(Databases.Kind kind) {
        try (BounceWorld world = new BounceWorld(kind)) {
            Subscriber kim = world.reader("kim@example.net");
            for (String reply : List.of(
                    "550 5.7.26 unauthenticated sender", "552 5.3.4 message too big", "554 5.7.1 spam content")) {
                long edition = world.edition("rejected", kim);
                record(world, outcome(world, edition, kim, DeliveryState.REJECTED, reply));
            }
            assertThat(world.standing(kim)).isEqualTo("active -");
            assertThat(world.rows()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void aTemporaryRefusalCountsOnlyOnceTheTimeIsUp(Databases.Kind kind) {
        try (BounceWorld world = new BounceWorld(kind)) {
            Subscriber kim = world.reader("kim@example.net");
            for (int week = 0; week < 4; week++) {
                assertThat(world.standing(kim)).isEqualTo("active -");
                long edition = world.edition("expired", kim);
                RecordedOutcome deferred =
                        outcome(world, edition, kim, DeliveryState.DEFERRED, "452 4.2.2 mailbox full");
                record(world, deferred);
                assertThat(world.rows()).isEqualTo(week);
                record(world, outcome(world, edition, kim, DeliveryState.EXPIRED, "452 4.2.2 mailbox full"));
                world.clock.advance(Duration.ofDays(7));
            }
            assertThat(world.standing(kim)).isEqualTo("bounced soft-bounces");
        }
    }
}
