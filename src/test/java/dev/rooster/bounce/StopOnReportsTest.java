package dev.rooster.bounce;

import static dev.rooster.bounce.BounceWorld.report;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.delivery.EditionId;
import dev.rooster.delivery.JdbiEditionProviders;
import dev.rooster.delivery.PauseReason.Kind;
import dev.rooster.delivery.ProviderTally;
import dev.rooster.fixtures.Databases;
import dev.rooster.subscriber.Subscriber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reports that come later stop an edition by the same rules as refusals at once. */
class StopOnReportsTest {
    private static final String BLOCKED = "550 5.7.26 This mail has been blocked because the sender is unauthenticated";
    private static final String UNKNOWN = "550 5.1.1 User unknown";

    /** An edition of so many readers; the first ones are at gmail. */
    private static final class Sent {
        final BounceWorld world;
        final List<Subscriber> readers = new ArrayList<>();
        final long edition;

        Sent(BounceWorld world, int gmail, int others) {
            this.world = world;
            for (int i = 0; i < gmail + others; i++) {
                readers.add(world.reader("reader" + i + "@example.net"));
            }
            edition = world.edition("accepted", readers.toArray(Subscriber[]::new));
            world.database
                    .jdbi()
                    .useHandle(handle -> handle.execute(
                            "update delivery set provider = case when seq <= ? then 'gmail' else 'naver' end", gmail));
            // counted while it was sent
            world.database
                    .jdbi()
                    .useHandle(
                            handle -> handle.execute(
                                    "insert into edition_provider (edition_id, provider, recipients, answered)"
                                            + " select edition_id, provider, count(*), count(*) from delivery group by edition_id, provider"));
        }

        void bounces(int reader, String status, String words) {
            Subscriber who = readers.get(reader);
            world.take(report(world.verp(edition, who), who.address().text(), "failed", status, words));
        }

        void complains(int reader) {
            world.take(complaint(world, edition, readers.get(reader)));
        }

        String state() {
            return world.database
                    .jdbi()
                    .withHandle(handle -> handle.createQuery("select state from edition where id = :id")
                            .bind("id", edition)
                            .mapTo(String.class)
                            .one());
        }

        List<String> paused() {
            return world.database
                    .jdbi()
                    .withHandle(handle -> new JdbiEditionProviders()
                            .tallies(handle, new EditionId(edition)).stream()
                                    .filter(ProviderTally::paused)
                                    .map(tally -> tally.provider() + " " + tally.pauseReason())
                                    .toList());
        }
    }

    private static String complaint(BounceWorld world, long edition, Subscriber reader) {
        return """
                From: fbl@isp.example.net
                To: complaints@example.com
                Subject: FW: s
                MIME-Version: 1.0
                Message-ID: <c%s@isp.example.net>
                Content-Type: multipart/report; report-type=feedback-report; boundary="b1"

                --b1
                Content-Type: text/plain

                This is an email abuse report.

                --b1
                Content-Type: message/feedback-report

                Feedback-Type: abuse
                User-Agent: SomeGenerator/1.0
                Version: 1

                --b1
                Content-Type: message/rfc822

                From: News <news@example.com>
                To: %s
                Message-ID: %s
                Subject: s

                Hello
                --b1--
                """.formatted(reader.id().value(), reader.address().text(), world.messageId(edition, reader));
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void fiveReportsThatAProviderRefusesUsPauseIt(Databases.Kind kind) {
        try (BounceWorld world = new BounceWorld(kind)) {
            Sent sent = new Sent(world, 30, 30);
            for (int i = 0; i < 4; i++) {
                sent.bounces(i, "5.7.26", BLOCKED);
                sent.bounces(i, "5.7.26", BLOCKED + " (told twice)");
            }
            assertThat(sent.paused()).as("four deliveries, however often told").isEmpty();
            sent.bounces(4, "5.7.26", BLOCKED);
            sent.bounces(5, "5.7.26", BLOCKED);
            assertThat(sent.paused()).containsExactly("gmail sender-refused: " + BLOCKED);
            assertThat(sent.state()).isEqualTo("sending");
            assertThat(world.pauses).isEmpty();
            assertThat(world.providerPauses).as("told once").containsExactly("gmail SENDER_REFUSED");
            assertThat(world.standing(sent.readers.get(0))).isEqualTo("active -");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void whatLeftBeforeAPersonResumedCountsNoMore(Databases.Kind kind) {
        try (BounceWorld world = new BounceWorld(kind)) {
            Sent sent = new Sent(world, 30, 30);
            for (int i = 0; i < 5; i++) {
                sent.bounces(i, "5.7.26", BLOCKED);
            }
            world.clock.advance(Duration.ofMinutes(10));
            world.resume(sent.edition);
            for (int i = 5; i < 15; i++) {
                sent.bounces(i, "5.7.26", BLOCKED);
            }
            assertThat(sent.paused()).isEmpty();
            assertThat(sent.state()).isEqualTo("sending");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void reportsOfDeadAddressesAndRefusalsAtOnceCountTogether(Databases.Kind kind) {
        try (BounceWorld world = new BounceWorld(kind)) {
            Sent sent = new Sent(world, 100, 110);
            world.hardAtOnce(sent.edition, "naver", 4);
            sent.bounces(0, "5.1.1", UNKNOWN);
            sent.bounces(1, "5.1.1", UNKNOWN);
            assertThat(sent.state()).as("6 of 210").isEqualTo("sending");
            sent.bounces(2, "5.1.1", UNKNOWN);
            assertThat(sent.state()).isEqualTo("paused");
            assertThat(world.pauses).singleElement().satisfies(reason -> {
                assertThat(reason.kind()).isEqualTo(Kind.HARD_BOUNCES);
                assertThat(reason.detail()).isEqualTo("7 / 210 = 3.33 %");
            });
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void threeComplaintsPauseAndTheSameReaderCountsOnce(Databases.Kind kind) {
        try (BounceWorld world = new BounceWorld(kind)) {
            Sent sent = new Sent(world, 30, 30);
            sent.complains(0);
            sent.complains(40);
            sent.world.take(complaint(world, sent.edition, sent.readers.get(40)).replace("abuse report", "2nd report"));
            assertThat(sent.state()).isEqualTo("sending");
            sent.complains(41);
            assertThat(sent.state()).isEqualTo("paused");
            assertThat(world.pauses)
                    .singleElement()
                    .satisfies(reason -> assertThat(reason.kind()).isEqualTo(Kind.COMPLAINTS));
        }
    }
}
