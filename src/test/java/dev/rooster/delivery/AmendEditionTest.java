package dev.rooster.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.fixtures.Databases;
import dev.rooster.issue.AddOutcome;
import dev.rooster.issue.IssueId;
import dev.rooster.mail.SmtpReply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Stop, mend, go on: with the real engine on real databases. */
class AmendEditionTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int READERS = 60;

    private static Edition start(Press press, IssueId issue) {
        for (int i = 1; i <= READERS; i++) {
            press.subscriber("reader" + i + "@press.test", null, "active");
        }
        return ((StartOutcome.Started) press.editions.start(press.newsletter, issue, Duration.ZERO, seen -> {}))
                .edition();
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            LockSupport.parkNanos(5_000_000);
        }
    }

    private static EditionState state(Press press, IssueId issue) {
        return press.editions.find(issue).orElseThrow().state();
    }

    private static String header(String name, String message) {
        Matcher header = Pattern.compile("(?m)^" + name + ": (.*)$").matcher(message.replaceAll("\\r\\n ", " "));
        assertThat(header.find()).isTrue();
        return header.group(1);
    }

    private static int version(InMemoryRelay.Written copy) {
        String id = header("Message-ID", copy.message());
        return id.contains(".2@") ? 2 : id.contains(".3@") ? 3 : 1;
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void whoHasNotGotItGetsTheMendedOneAndWhoMayHaveGotItTheSameAgain(Databases.Kind kind) {
        try (Press press = new Press(kind)) {
            IssueId issue = press.issue("Wrong title");
            Edition edition = start(press, issue);
            CountDownLatch some = new CountDownLatch(25);
            press.relay.bodies = envelope -> {
                some.countDown();
                if (some.getCount() == 0) {
                    press.editions.pause(issue, "오타");
                }
                return switch (envelope.rcpt().text().hashCode() & 7) {
                    case 0 -> new SmtpReply(451, "4.7.1", "greylisted");
                    case 1 -> null; // lost after its dot
                    default -> InMemoryRelay.OK;
                };
            };
            DeliveryEngine engine = press.engine("a");
            engine.start();
            try {
                await(() -> state(press, issue) == EditionState.PAUSED);
                await(() -> {
                    EditionCounts counts = press.editions.counts(edition.id());
                    return counts.of(DeliveryState.CLAIMED) + counts.of(DeliveryState.SENDING) == 0;
                });
                EditionCounts paused = press.editions.counts(edition.id());
                assertThat(paused.of(DeliveryState.DEFERRED)).isPositive();
                assertThat(paused.uncertainToResend()).isPositive();

                AmendOutcome.Amended amended = (AmendOutcome.Amended) press.amend(issue, "Right title", false);
                assertThat(amended.version()).isEqualTo(2);
                assertThat(amended.difference().summary()).isEqualTo("title subject");
                assertThat(amended.rest().kept()).isEqualTo(paused.uncertainToResend());
                assertThat(amended.rest().newVersion())
                        .isEqualTo(paused.of(DeliveryState.QUEUED) + paused.of(DeliveryState.DEFERRED));

                press.relay.bodies = envelope -> InMemoryRelay.OK;
                press.makeDue();
                press.editions.resume(issue);
                await(() -> state(press, issue) == EditionState.FINISHED);
            } finally {
                engine.stop();
            }
            EditionCounts counts = press.editions.counts(edition.id());
            assertThat(counts.of(DeliveryState.ACCEPTED)).isEqualTo(READERS);
            Map<String, List<InMemoryRelay.Written>> byReader = press.relay.written.stream()
                    .collect(
                            Collectors.groupingBy(copy -> copy.envelope().rcpt().text()));
            assertThat(byReader).hasSize(READERS);
            byReader.forEach((who, copies) -> {
                int hash = who.hashCode() & 7;
                boolean twice = copies.size() == 2;
                Set<Integer> versions =
                        copies.stream().map(AmendEditionTest::version).collect(Collectors.toSet());
                if (twice && hash == 1) {
                    assertThat(versions).as("%s, uncertain", who).containsExactly(1);
                    assertThat(copies.get(1).message()).isEqualTo(copies.get(0).message());
                } else if (twice) {
                    assertThat(hash).as(who).isZero();
                    assertThat(versions).as("%s, refused before", who).containsExactly(1, 2);
                } else {
                    assertThat(copies).as(who).hasSize(1);
                }
            });
            press.relay.taken.forEach((who, messages) -> assertThat(messages)
                    .allSatisfy(message ->
                            assertThat(message).contains(message.contains(".2@") ? "Right title" : "Wrong title")));
            Map<Integer, Set<String>> dates = press.relay.written.stream()
                    .collect(Collectors.groupingBy(
                            AmendEditionTest::version,
                            Collectors.mapping(copy -> header("Date", copy.message()), Collectors.toSet())));
            assertThat(dates.keySet()).containsExactlyInAnyOrder(1, 2);
            assertThat(dates.values()).allSatisfy(each -> assertThat(each).hasSize(1));
            long second = press.relay.taken.values().stream()
                    .filter(messages -> messages.get(0).contains(".2@"))
                    .count();
            assertThat(versions(press, edition)).containsEntry(2, second).containsEntry(1, READERS - second);
        }
    }

    private static Map<Integer, Long> versions(Press press, Edition edition) {
        return press.database
                .jdbi()
                .withHandle(handle -> handle
                        .createQuery(
                                "select version, count(*) as n from delivery where edition_id = :id group by version")
                        .bind("id", edition.id().value())
                        .map((row, context) -> Map.entry(row.getInt(1), row.getLong(2)))
                        .list()
                        .stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void onlyAPausedIssueIsMendedAndADryRunChangesNothing(Databases.Kind kind) {
        try (Press press = new Press(kind)) {
            IssueId issue = press.issue("첫 호");
            assertThat(press.amend(issue, "둘째", false)).isInstanceOf(AmendOutcome.NoEdition.class);
            Edition edition = start(press, issue);
            assertThat(press.amend(issue, "둘째", false)).isInstanceOf(AmendOutcome.NotPaused.class);
            press.editions.pause(issue, "");
            assertThat(press.amend(issue, "첫 호", false)).isInstanceOf(AmendOutcome.NothingChanged.class);
            assertThat(((AmendOutcome.FileRefused) press.amend(issue, "", false)).outcome())
                    .isInstanceOf(AddOutcome.Refused.class);
            AmendOutcome.Amended would = (AmendOutcome.Amended) press.amend(issue, "둘째", true);
            assertThat(would.version()).isEqualTo(2);
            assertThat(would.rest()).isEqualTo(new AmendOutcome.Rest(READERS, 0));
            assertThat(press.editions.find(issue).orElseThrow().version()).isEqualTo(1);
            assertThat(press.amend(issue, "둘째", false)).isInstanceOf(AmendOutcome.Amended.class);
            assertThat(press.amend(issue, "셋째", false)).isInstanceOf(AmendOutcome.Amended.class);
            assertThat(press.editions.find(issue).orElseThrow().version()).isEqualTo(3);
            List<FrozenVersion> versions =
                    press.database.jdbi().withHandle(handle -> new JdbiEditionVersions().list(handle, edition.id()));
            assertThat(versions).extracting(FrozenVersion::subject).containsExactly("첫 호", "둘째", "셋째");
            assertThat(versions)
                    .extracting(FrozenVersion::changes)
                    .containsExactly(null, "title subject", "title subject");
            press.editions.cancel(issue);
            assertThat(press.amend(issue, "넷째", false)).isInstanceOf(AmendOutcome.NotPaused.class);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void aMendedIssueHasItsWholeTimeAnew(Databases.Kind kind) {
        try (Press press = new Press(kind)) {
            IssueId issue = press.issue("첫 호");
            start(press, issue);
            press.editions.pause(issue, "");
            press.database
                    .jdbi()
                    .useHandle(handle -> handle.execute(
                            "update edition set expires_at = ?",
                            press.clock.instant().minusSeconds(60)));
            press.amend(issue, "둘째", false);
            assertThat(press.editions.find(issue).orElseThrow().expiresAt())
                    .isAfter(press.clock.instant().plus(Duration.ofHours(23)));
        }
    }
}
