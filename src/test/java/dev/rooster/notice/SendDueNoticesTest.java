package dev.rooster.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.db.Database;
import dev.rooster.fixtures.Databases;
import dev.rooster.fixtures.FakeRelay;
import dev.rooster.fixtures.SettableClock;
import dev.rooster.language.Language;
import dev.rooster.mail.EmailAddress;
import dev.rooster.mail.SmtpCommand;
import dev.rooster.mail.SmtpReply;
import dev.rooster.mail.relay.BodyResult;
import dev.rooster.mail.relay.EnvelopeResult;
import dev.rooster.mail.relay.RelayUnavailable;
import dev.rooster.newsletter.Identity;
import dev.rooster.newsletter.JdbiNewsletters;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.newsletter.NewsletterSettingsBuilder;
import dev.rooster.newsletter.Newsletters;
import dev.rooster.newsletter.SlotRule;
import dev.rooster.subscriber.ConsentMethod;
import dev.rooster.subscriber.Evidence;
import dev.rooster.subscriber.NewSubscriber;
import dev.rooster.subscriber.Subscribing;
import dev.rooster.suppression.JdbiSuppressions;
import dev.rooster.suppression.RefusalLog;
import dev.rooster.suppression.Suppression;
import dev.rooster.suppression.SuppressionReason;
import dev.rooster.suppression.SuppressionScope;
import dev.rooster.template.PageRenderer;
import dev.rooster.template.Templates;
import dev.rooster.token.KeyRing;
import dev.rooster.token.Purpose;
import dev.rooster.token.Token;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SendDueNoticesTest {
    private static final EmailAddress READER = EmailAddress.of("haneul@naver.com");

    /** An outbox with one newsletter. */
    private static final class Outbox implements AutoCloseable {
        final Database database;
        final SettableClock clock = SettableClock.at("2026-12-01T22:05:00Z");
        final FakeRelay relay = new FakeRelay("fake");
        final FakeRelay other = new FakeRelay("other");
        boolean alarmsElsewhere;
        final KeyRing keys;
        final Newsletter weekly;
        final Notices notices;
        final List<String> refused = new ArrayList<>();
        NoticeListener listener =
                (handle, notice, reply, verdict) -> refused.add(notice.kind().word());
        /** Stands for the maker of copies of issues. */
        WriteCopy copies = (notice, newsletter, key, out) -> {
            out.clear();
            out.appendAscii("Subject: a copy\r\n\r\nhere it is\r\n");
            return Optional.empty();
        };

        private final Newsletters newsletters;

        Outbox(Databases.Kind kind) {
            database = Databases.open(kind);
            Path data = Databases.temporaryFolder();
            keys = KeyRing.create(data.resolve("keys"), new SecureRandom());
            newsletters = new JdbiNewsletters(database.jdbi(), new Random(7), clock)
                    .register(List.of(new NewsletterSettingsBuilder(
                                    "ai-weekly", "AI 주간 브리핑", EmailAddress.of("news@kkok.kr"), SlotRule.of("WED 07:00"))
                            .identity(new Identity("꼭꼭미디어", "hello@kkok.kr", "02-1234-5678", "서울시 마포구"))
                            .operators(List.of(EmailAddress.of("desk@kkok.kr")))
                            .build()));
            weekly = newsletters.all().get(0);
            notices = new Notices(
                    keys.addressHash(), NoticeSettings.defaults(), database.dialect(), clock, new Random(3));
        }

        SendDueNotices sender(String node) {
            NoticeSettings settings = NoticeSettings.defaults();
            URI url = URI.create("https://news.kkok.kr");
            return new SendDueNotices(
                    database,
                    new ComposeNotice(
                            new PageRenderer(Templates.builtIn()), newsletters, keys.tokens(), url, settings, copies),
                    newsletter -> Optional.empty(),
                    (notice, newsletter) -> alarmsElsewhere ? List.of(other, relay) : List.of(relay),
                    settings,
                    url,
                    listener,
                    new Random(5),
                    node);
        }

        int run() {
            return sender("node-1").runDue(clock.instant());
        }

        boolean enqueue(NoticeKind kind, String cause) {
            return enqueue(kind, cause, Map.of());
        }

        boolean enqueue(NoticeKind kind, String cause, Map<String, String> payload) {
            return database.jdbi()
                    .inTransaction(
                            handle -> notices.enqueue(kind, READER, cause, weekly.id(), Language.KO, payload, handle));
        }

        void suppress(SuppressionReason reason) {
            database.jdbi()
                    .useTransaction(handle -> new JdbiSuppressions()
                            .add(
                                    handle,
                                    new Suppression(
                                            keys.addressHash().of(READER.key()),
                                            SuppressionScope.of(weekly.id()),
                                            reason,
                                            clock.instant(),
                                            "test",
                                            null)));
        }

        List<String> rows() {
            return database.jdbi()
                    .withHandle(handle -> handle.createQuery("select kind || ' ' || state from notice order by id")
                            .mapTo(String.class)
                            .list());
        }

        @Override
        public void close() {
            database.close();
        }
    }

    private static MimeMessage read(String message) throws Exception {
        return new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(message.getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
    }

    private static String textOf(MimeMessage message) throws Exception {
        var parts = (jakarta.mail.internet.MimeMultipart) message.getContent();
        return (String) parts.getBodyPart(0).getContent();
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void aNoticeIsSentOnceHoweverOftenItIsCausedAndLookedFor(Databases.Kind kind) throws Exception {
        try (Outbox outbox = new Outbox(kind)) {
            assertThat(outbox.enqueue(NoticeKind.REFUSAL, "refusal 1")).isTrue();
            assertThat(outbox.enqueue(NoticeKind.REFUSAL, "refusal 1")).isFalse();
            assertThat(outbox.run()).isEqualTo(1);
            assertThat(outbox.run()).isZero();
            assertThat(outbox.rows()).containsExactly("refusal accepted");
            MimeMessage message = read(outbox.relay.taken.get(0));
            assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
            assertThat(message.getHeader("List-Unsubscribe")).isNull();
            assertThat(outbox.relay.envelopes.get(0).mailFrom()).matches("b\\+[a-z0-9]{55}@.*");
        }
    }

    @Test
    void theResultOfARefusalNamesTheSenderTheFactItsDateAndTheResultAndPromotesNothing() throws Exception {
        try (Outbox outbox = new Outbox(Databases.Kind.H2)) {
            outbox.enqueue(NoticeKind.REFUSAL, "refusal 1");
            outbox.run();
            String text = textOf(read(outbox.relay.taken.get(0)));
            assertThat(text)
                    .contains("보내는 사람: 꼭꼭미디어", "수신거부한 날: 2026년 12월 2일", "처리 결과: 수신거부가 처리되었습니다", "02-1234-5678")
                    .doesNotContain("http", "구독하기", "http://");
        }
    }

    @Test
    void aWelcomeNamesTheSenderTheFactItsDateAndTheResult() throws Exception {
        try (Outbox outbox = new Outbox(Databases.Kind.H2)) {
            outbox.enqueue(NoticeKind.WELCOME, "consent 1");
            outbox.run();
            assertThat(textOf(read(outbox.relay.taken.get(0))))
                    .contains("보내는 사람: 꼭꼭미디어", "동의한 날: 2026년 12월 2일", "처리 결과:", "https://news.kkok.kr/p/");
        }
    }

    @Test
    void anAlarmAboutALetterHoldsALinkForItsOperatorAndSaysHowLongItWorks() throws Exception {
        try (Outbox outbox = new Outbox(Databases.Kind.H2)) {
            outbox.enqueue(NoticeKind.ALARM, "other", Map.of("subject", "s", "body", "b"));
            outbox.enqueue(
                    NoticeKind.ALARM,
                    "letter",
                    Map.of(
                            "subject",
                            "s",
                            "body",
                            "b",
                            Notices.STOP_REQUEST,
                            "77",
                            Notices.STOP_REQUEST_UNTIL,
                            "2026-12-31T22:00:00Z"));
            outbox.run();
            assertThat(textOf(read(outbox.relay.taken.get(0)))).doesNotContain("/a/");
            String text = textOf(read(outbox.relay.taken.get(1)));
            assertThat(text).contains("보고 처리하기:", "https://news.kkok.kr/a/", "2027년 1월 1일까지");
            Matcher link = Pattern.compile("/a/([a-z2-7]+)").matcher(text);
            assertThat(link.find()).isTrue();
            Token token = outbox.keys.tokens().open(link.group(1)).orElseThrow();
            assertThat(token.purpose()).isEqualTo(Purpose.STOP_REQUEST);
            assertThat(token.edition()).isEqualTo(77);
            assertThat(token.subscriber()).isNotZero();
        }
    }

    @Test
    void everyNoticeCanBeMadeInBothLanguages() {
        try (Outbox outbox = new Outbox(Databases.Kind.H2)) {
            Map<String, String> payload =
                    Map.of("subject", "s", "body", "줄 하나\n줄 둘", "slot", "12월 2일 07:00", "date", "2026-12-02");
            for (Language language : Language.values()) {
                for (NoticeKind kind : NoticeKind.values()) {
                    outbox.database
                            .jdbi()
                            .useTransaction(handle -> outbox.notices.enqueue(
                                    kind, READER, language.tag(), outbox.weekly.id(), language, payload, handle));
                }
            }
            assertThat(outbox.run()).isEqualTo(2 * NoticeKind.values().length);
        }
    }

    @ParameterizedTest
    @EnumSource(NoticeKind.class)
    void nothingPassesAHardBounceOrAComplaint(NoticeKind kind) {
        try (Outbox outbox = new Outbox(Databases.Kind.H2)) {
            outbox.suppress(SuppressionReason.HARD_BOUNCE);
            outbox.enqueue(kind, "cause", Map.of("subject", "s", "body", "b", "slot", "x", "date", "y"));
            assertThat(outbox.run()).isZero();
            assertThat(outbox.rows()).containsExactly(kind.word() + " skipped");
        }
    }

    @Test
    void ofWhatReadersGetOnlyARefusalsResultAndALaterWishPassARefusal() {
        try (Outbox outbox = new Outbox(Databases.Kind.H2)) {
            outbox.enqueue(NoticeKind.WELCOME, "before");
            outbox.enqueue(NoticeKind.CONFIRMATION, "before");
            outbox.clock.advance(Duration.ofMinutes(1));
            outbox.suppress(SuppressionReason.UNSUBSCRIBED);
            outbox.enqueue(NoticeKind.REFUSAL, "refusal");
            outbox.clock.advance(Duration.ofMinutes(1));
            outbox.enqueue(NoticeKind.CONFIRMATION, "after");
            outbox.enqueue(NoticeKind.ALREADY, "after");
            assertThat(outbox.run()).isEqualTo(2);
            assertThat(outbox.rows())
                    .containsExactly(
                            "welcome skipped",
                            "confirmation skipped",
                            "refusal accepted",
                            "confirmation accepted",
                            "already skipped");
        }
    }

    @Test
    void aTemporaryRefusalIsTriedAgainLaterWithTheSameMessage() {
        try (Outbox outbox = new Outbox(Databases.Kind.H2)) {
            outbox.relay.answers.add(new BodyResult.Answered(SmtpReply.parse("451 4.3.0 try later")));
            outbox.enqueue(NoticeKind.WELCOME, "consent 1");
            assertThat(outbox.run()).isZero();
            assertThat(outbox.run()).as("not at once").isZero();
            outbox.clock.advance(Duration.ofMinutes(5));
            assertThat(outbox.run()).isEqualTo(1);
            assertThat(outbox.relay.taken.get(0)).isEqualTo(outbox.relay.taken.get(1));
        }
    }

    @Test
    void aDeadAddressEndsTheNoticeAndTellsTheListener() {
        try (Outbox outbox = new Outbox(Databases.Kind.H2)) {
            outbox.relay.answers.add(
                    new EnvelopeResult.Refused(SmtpCommand.RCPT, SmtpReply.parse("550 5.1.1 no such user")));
            outbox.enqueue(NoticeKind.CONFIRMATION, "day 1");
            outbox.run();
            assertThat(outbox.rows()).containsExactly("confirmation rejected");
            assertThat(outbox.refused).containsExactly("confirmation");
        }
    }

    @Test
    void aReadersAddressThatIsDeadIsSuppressed() {
        try (Outbox outbox = new Outbox(Databases.Kind.H2)) {
            Subscribing subscribing = new Subscribing(
                    outbox.keys.addressHash(), new RefusalLog(Databases.temporaryFolder()), outbox.clock);
            outbox.database
                    .jdbi()
                    .useTransaction(handle -> subscribing.request(
                            handle,
                            outbox.weekly.id(),
                            NewSubscriber.of(READER),
                            Evidence.of(outbox.clock.instant(), ConsentMethod.FORM, "test")));
            outbox.listener = new SuppressDeadAddress(subscribing, outbox.clock);
            outbox.relay.answers.add(
                    new EnvelopeResult.Refused(SmtpCommand.RCPT, SmtpReply.parse("550 5.1.1 no such user")));
            outbox.enqueue(NoticeKind.CONFIRMATION, "day 1");
            outbox.run();
            Optional<Suppression> suppression = outbox.database
                    .jdbi()
                    .withHandle(handle -> new JdbiSuppressions()
                            .find(handle, outbox.keys.addressHash().of(READER.key()), outbox.weekly.id()));
            assertThat(suppression).map(Suppression::reason).contains(SuppressionReason.HARD_BOUNCE);
        }
    }

    @Test
    void aLossAfterTheFinalDotIsNotRepeatedToAReaderButOnceToAnOperator() {
        try (Outbox outbox = new Outbox(Databases.Kind.H2)) {
            outbox.enqueue(NoticeKind.REFUSAL, "refusal 1");
            outbox.relay.answers.add(new BodyResult.Lost(true, "reset"));
            outbox.run();
            outbox.enqueue(NoticeKind.ALARM, "late", Map.of("subject", "s", "body", "b"));
            outbox.relay.answers.add(new BodyResult.Lost(true, "reset"));
            outbox.run();
            assertThat(outbox.rows()).containsExactly("refusal uncertain", "alarm deferred");
            outbox.relay.answers.add(new BodyResult.Lost(true, "reset"));
            outbox.clock.advance(Duration.ofMinutes(20));
            outbox.run();
            assertThat(outbox.rows()).containsExactly("refusal uncertain", "alarm uncertain");
        }
    }

    @Test
    void aRelayThatIsDownCostsNoNoticeAndWhatIsTooOldIsGivenUp() {
        try (Outbox outbox = new Outbox(Databases.Kind.H2)) {
            outbox.enqueue(NoticeKind.CONFIRMATION, "day 1");
            outbox.relay.down = true;
            assertThat(outbox.run()).isZero();
            assertThat(outbox.rows()).containsExactly("confirmation deferred");
            outbox.clock.advance(Duration.ofDays(2));
            outbox.relay.down = false;
            assertThat(outbox.run()).isZero();
            assertThat(outbox.rows()).containsExactly("confirmation expired");
        }
    }

    @Test
    void aCopiedDatabaseThatWaitsForAnAnswerSendsNothing() {
        try (Outbox outbox = new Outbox(Databases.Kind.H2)) {
            outbox.enqueue(NoticeKind.WELCOME, "consent 1");
            outbox.database.jdbi().useHandle(handle -> handle.execute("""
                    insert into installation (id, installation_id, epoch, held, created_at)
                    values (1, 'x', 1, true, current_timestamp)
                    """));
            assertThat(outbox.run()).isZero();
            assertThat(outbox.rows()).containsExactly("welcome queued");
        }
    }

    @Test
    void oneConfirmationADayGoesToAnAddressAndNoneAfterThreeWithoutAnAnswer() {
        try (Outbox outbox = new Outbox(Databases.Kind.H2)) {
            for (int i = 0; i < 1_000; i++) {
                ask(outbox);
            }
            assertThat(outbox.rows()).hasSize(1);
            for (int day = 0; day < 10; day++) {
                outbox.clock.advance(Duration.ofHours(25));
                ask(outbox);
            }
            assertThat(outbox.rows()).hasSize(3);
            assertThat(ask(outbox)).isEqualTo(AskToConfirm.UNANSWERED);
        }
    }

    private static AskToConfirm ask(Outbox outbox) {
        return outbox.database
                .jdbi()
                .inTransaction(handle -> outbox.notices.askToConfirm(READER, outbox.weekly, Language.KO, handle));
    }

    @Test
    void anErasedPersonsAddressIsInNoNoticeAnyMore() {
        try (Outbox outbox = new Outbox(Databases.Kind.H2)) {
            outbox.enqueue(NoticeKind.WELCOME, "consent 1");
            outbox.run();
            outbox.enqueue(NoticeKind.REFUSAL, "refusal 1");
            outbox.database.jdbi().useTransaction(handle -> outbox.notices.forget(handle, READER));
            outbox.run();
            assertThat(outbox.rows()).containsExactly("welcome accepted", "refusal skipped");
            List<String> recipients = outbox.database
                    .jdbi()
                    .withHandle(handle -> handle.createQuery("select recipient from notice")
                            .mapTo(String.class)
                            .list());
            assertThat(recipients).containsOnly("");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void anAlarmGoesAnotherWayWhenItsOwnIsShut(Databases.Kind kind) {
        try (Outbox outbox = new Outbox(kind)) {
            outbox.alarmsElsewhere = true;
            outbox.other.down = true;
            outbox.enqueue(NoticeKind.ALARM, "one", Map.of("subject", "s", "body", "b"));
            assertThat(outbox.run()).isEqualTo(1);
            assertThat(outbox.relay.taken).hasSize(1);

            outbox.other.down = false;
            outbox.other.answers.add(
                    new EnvelopeResult.Refused(SmtpCommand.MAIL, SmtpReply.parse("421 4.3.2 shutting down")));
            outbox.enqueue(NoticeKind.ALARM, "two", Map.of("subject", "s", "body", "b"));
            assertThat(outbox.run()).isEqualTo(1);
            assertThat(outbox.relay.taken).hasSize(2);
            assertThat(outbox.other.taken).isEmpty();

            outbox.enqueue(NoticeKind.ALARM, "three", Map.of("subject", "s", "body", "b"));
            assertThat(outbox.run()).isEqualTo(1);
            assertThat(outbox.other.taken).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(value = RelayUnavailable.Kind.class)
    void howeverTheFirstRelayFailsTheNextTakesWhatIsDueAndItIsAskedOnceInARun(RelayUnavailable.Kind kind) {
        try (Outbox outbox = new Outbox(Databases.Kind.H2)) {
            outbox.alarmsElsewhere = true;
            outbox.other.down = true;
            outbox.other.downBy = kind;
            int batches = 3 * NoticeSettings.defaults().batch();
            for (int i = 0; i < batches; i++) {
                outbox.enqueue(NoticeKind.REMINDER, "slot " + i, Map.of("subject", "s", "body", "b"));
            }
            assertThat(outbox.run()).isEqualTo(batches);
            assertThat(outbox.other.asked).isEqualTo(1);
        }
    }

    @Test
    void aCopyThatNobodyNeedsAnyMoreIsSkipped() {
        try (Outbox outbox = new Outbox(Databases.Kind.H2)) {
            outbox.copies = (notice, newsletter, key, out) -> Optional.of("the issue no longer waits for this slot");
            outbox.enqueue(NoticeKind.PROOF, "proof 2026-12-02");
            assertThat(outbox.run()).isZero();
            assertThat(outbox.rows()).containsExactly("proof skipped");
        }
    }
}
