package dev.rooster.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.fixtures.Databases;
import dev.rooster.issue.IssueId;
import dev.rooster.language.Language;
import dev.rooster.mail.EmailAddress;
import dev.rooster.mail.MessageHeaders;
import dev.rooster.mail.Skeleton;
import dev.rooster.mail.SmtpReply;
import dev.rooster.token.Purpose;
import dev.rooster.token.Token;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One person gets a marked copy; the edition stays as it is. */
class ResendCopyTest {
    private static final Random RANDOM = new Random(4);

    private static ResendCopy.Outcome send(Press press, IssueId issue, String to, boolean anyway) {
        return new ResendCopy(
                        press.database,
                        press.jdbiEditions,
                        press.copies(),
                        press.keys.addressHash(),
                        press.clock,
                        RANDOM)
                .send(issue, EmailAddress.of(to), anyway, new RelayPool(press.relay, 1));
    }

    private static Edition finished(Press press, IssueId issue) {
        for (String name : List.of("a", "b", "c", "d")) {
            press.subscriber(name + "@press.test", null, "active");
        }
        Edition edition = ((StartOutcome.Started)
                        press.editions.start(press.newsletter, issue, Duration.ZERO, seen -> {}))
                .edition();
        press.database.jdbi().useHandle(handle -> handle.execute("update delivery set state = 'accepted'"));
        press.ledger("x").finish(edition.id(), press.clock.instant());
        return press.editions.find(issue).orElseThrow();
    }

    private static List<String> rows(Press press) {
        return press.database
                .jdbi()
                .withHandle(handle -> handle.createQuery("select state, reply from resent_copy order by id")
                        .map((row, context) -> row.getString(1) + " " + row.getString(2))
                        .list());
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void oneMarkedCopyWithAnIdOfItsOwnAndNoSumChanges(Databases.Kind kind) {
        try (Press press = new Press(kind)) {
            IssueId issue = press.issue("First");
            Edition edition = finished(press, issue);
            EditionCounts before = press.editions.counts(edition.id());
            ResendCopy.Outcome.Tried tried = (ResendCopy.Outcome.Tried) send(press, issue, "A@press.test", false);
            assertThat(tried.result()).isInstanceOf(TestSend.Outcome.Accepted.class);
            assertThat(press.relay.written).hasSize(1);
            InMemoryRelay.Written copy = press.relay.written.get(0);
            String message = copy.message().replaceAll("\\r\\n ", " ");
            assertThat(message).contains("Subject: =?UTF-8?");
            Matcher id = Pattern.compile("Message-ID: <([a-z2-7]+)@press.test>").matcher(message);
            assertThat(id.find()).isTrue();
            Token token = press.keys.tokens().open(id.group(1)).orElseThrow();
            assertThat(token.purpose()).isEqualTo(Purpose.MESSAGE_ID);
            assertThat(token.edition()).as("not the ledger's").isNotEqualTo(edition.publicId());
            Matcher link = Pattern.compile("List-Unsubscribe: <http://localhost:8080/u/([a-z2-7]+)>")
                    .matcher(message);
            assertThat(link.find()).isTrue();
            assertThat(press.keys.tokens().open(link.group(1)).orElseThrow().edition())
                    .isEqualTo(edition.publicId());
            assertThat(rows(press)).containsExactly("accepted 250 2.0.0 Ok: queued");
            assertThat(press.editions.counts(edition.id())).isEqualTo(before);
            assertThat(press.editions.find(issue).orElseThrow()).isEqualTo(edition);

            press.relay.bodies = envelope -> new SmtpReply(550, "5.7.1", "no");
            send(press, issue, "b@press.test", false);
            press.relay.bodies = envelope -> null;
            send(press, issue, "b@press.test", false);
            press.relay.envelopes = envelope -> new SmtpReply(550, "5.1.1", "no such user");
            send(press, issue, "c@press.test", false);
            assertThat(rows(press))
                    .as("what never had leave to start is not written down")
                    .containsExactly(
                            "accepted 250 2.0.0 Ok: queued", "refused 550 5.7.1 no", "uncertain connection reset");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void nobodyWhoMayNotBeMailedGetsOneAndNobodyTwiceByMistake(Databases.Kind kind) {
        try (Press press = new Press(kind)) {
            IssueId issue = press.issue("First");
            assertThat(send(press, issue, "a@press.test", false)).isInstanceOf(ResendCopy.Outcome.NoEdition.class);
            finished(press, issue);
            press.suppress("a@press.test");
            press.subscriber("gone@press.test", null, "unsubscribed");
            press.subscriber("late@press.test", null, "active");
            for (boolean anyway : new boolean[] {false, true}) {
                assertThat(send(press, issue, "a@press.test", anyway))
                        .isEqualTo(new ResendCopy.Outcome.Unmailable(DeliveryReason.SUPPRESSED));
                assertThat(send(press, issue, "gone@press.test", anyway))
                        .isEqualTo(new ResendCopy.Outcome.Unmailable(DeliveryReason.UNSUBSCRIBED));
                assertThat(send(press, issue, "stranger@press.test", anyway))
                        .isEqualTo(new ResendCopy.Outcome.Nobody());
            }
            assertThat(send(press, issue, "late@press.test", false)).isEqualTo(new ResendCopy.Outcome.NoRecipient());
            assertThat(send(press, issue, "late@press.test", true)).isInstanceOf(ResendCopy.Outcome.Tried.class);
            press.database.jdbi().useHandle(handle -> handle.execute("update delivery set state = 'deferred'"));
            assertThat(send(press, issue, "b@press.test", false))
                    .isEqualTo(new ResendCopy.Outcome.InTurn(DeliveryState.DEFERRED));
            press.hold(true);
            assertThat(send(press, issue, "b@press.test", true)).isEqualTo(new ResendCopy.Outcome.Held("restored"));
            press.hold(false);
            press.database.jdbi().useHandle(handle -> handle.execute("update edition set state = 'paused'"));
            assertThat(send(press, issue, "b@press.test", true)).isInstanceOf(ResendCopy.Outcome.NotNow.class);
            assertThat(press.relay.taken).containsOnlyKeys("late@press.test");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void whoLeavesWhileTheEnvelopeIsOpenIsSpared(Databases.Kind kind) {
        try (Press press = new Press(kind)) {
            IssueId issue = press.issue("First");
            finished(press, issue);
            press.relay.envelopes = envelope -> {
                press.suppress("a@press.test");
                return null;
            };
            assertThat(send(press, issue, "a@press.test", false)).isInstanceOf(ResendCopy.Outcome.Unmailable.class);
            assertThat(press.relay.written).isEmpty();
            assertThat(rows(press)).isEmpty();
        }
    }

    @Test
    void theMarkStandsAfterTheLawsOwnAndInsideTheBody() {
        Instant at = Instant.parse("2026-12-02T00:00:00Z");
        MessageHeaders headers = new MessageHeaders(
                EmailAddress.of("news@press.test"),
                null,
                null,
                "(광고) 소식",
                at.atOffset(ZoneOffset.UTC),
                null,
                "weekly.press.test",
                null);
        EditionVersion version = new EditionVersion(
                new EditionId(1),
                1,
                headers,
                Skeleton.of("<html><body class=\"x\"><p>글</p></body></html>"),
                Skeleton.of("글"),
                "",
                "",
                at,
                null);
        MarkedCopy copy = MarkedCopy.of(version, Language.KO, at.atOffset(ZoneOffset.UTC));
        assertThat(copy.headers().subject()).isEqualTo("(광고) [다시 보냄] 소식");
        assertThat(copy.html().toString()).contains("<body class=\"x\"><p>요청에 따라");
        assertThat(copy.text().toString()).contains("요청에 따라").contains("글");
    }
}
