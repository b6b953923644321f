package dev.rooster.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.db.Database;
import dev.rooster.fixtures.Databases;
import dev.rooster.fixtures.NewsletterRows;
import dev.rooster.fixtures.SettableClock;
import dev.rooster.language.Language;
import dev.rooster.language.Messages;
import dev.rooster.mail.EmailAddress;
import dev.rooster.newsletter.NewsletterId;
import dev.rooster.subscriber.ConsentMethod;
import dev.rooster.subscriber.Evidence;
import dev.rooster.subscriber.GrantOutcome;
import dev.rooster.subscriber.NewSubscriber;
import dev.rooster.subscriber.Subscriber;
import dev.rooster.subscriber.Subscribing;
import dev.rooster.suppression.RefusalLog;
import dev.rooster.token.KeyRing;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JdbiEditionReportTest {
    private static final Instant START = Instant.parse("2026-12-01T22:00:00Z");
    private final SettableClock clock = new SettableClock(START);
    private Database database;
    private NewsletterId weekly;
    private long seq;

    private void open(Databases.Kind kind) {
        database = Databases.open(kind);
        weekly = NewsletterRows.insert(database, "weekly", 1);
        execute(
                "insert into issue (id, newsletter_id, title, subject, state, source_name, source, source_hash, created_at, updated_at)"
                        + " values (12, ?, '수탉의 아침', '수탉의 아침', 'sending', 'a.md', '#', 'h', ?, ?)",
                weekly.value(),
                START,
                START);
    }

    @AfterEach
    void close() {
        if (database != null) {
            database.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void punctualityTellsHandedOverFromArrivedAndReckonsFromTheSlot(Databases.Kind kind) {
        open(kind);
        edition("finished", 12, 12, START.plusSeconds(20));
        execute(
                "insert into slot (newsletter_id, slot_date, planned_at, state, issue_id) values (?, date '2026-12-02', ?, 'started', 12)",
                weekly.value(),
                START.minusSeconds(60));
        execute("update edition set slot_date = date '2026-12-02' where id = 7");
        for (int i = 1; i <= 10; i++) {
            delivery(i, "naver", "accepted", null, null, 0, i);
        }
        delivery(11, "gmail", "accepted", null, null, 0, 3);
        delivery(12, "gmail", "accepted", null, null, 1, 400); // settled by its arrival
        execute("update delivery set arrival = 'arrived', arrival_at = ? where seq in (3, 12)", START.plusSeconds(500));

        Punctuality punctuality = new JdbiEditionReport(database.jdbi(), clock)
                .find(12)
                .orElseThrow()
                .punctuality();
        assertThat(punctuality.planned()).isEqualTo(START.minusSeconds(60));
        assertThat(punctuality.handed())
                .containsExactly(
                        new Punctuality.Share(
                                "naver", 10, START.plusSeconds(5), START.plusSeconds(9), START.plusSeconds(10)),
                        new Punctuality.Share(
                                "gmail", 1, START.plusSeconds(3), START.plusSeconds(3), START.plusSeconds(3)));
        assertThat(punctuality.arrived())
                .extracting(
                        Punctuality.Share::provider,
                        Punctuality.Share::mails,
                        share -> punctuality.late(share.last()).toSeconds())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("gmail", 1L, 560L),
                        org.assertj.core.groups.Tuple.tuple("naver", 1L, 560L));
    }

    @ParameterizedTest
    @EnumSource
    void balanceSheetAddsUp(Databases.Kind kind) {
        open(kind);
        edition("finished", 10, 8, START.plusSeconds(20));
        execute("insert into edition_exclusion values (7, 'suppressed', 2)");
        execute(
                "update edition set canary = 3, rest_from = ?, rest_until = ?",
                START.plusSeconds(35),
                START.plusSeconds(600));
        execute(
                "insert into edition_provider (edition_id, provider, recipients, paused_at, pause_reason)"
                        + " values (7, 'gmail', 3, ?, 'sender-refused: 550 5.7.26')",
                START);
        delivery(1, "naver", "accepted", null, null, 0, 2);
        delivery(2, "naver", "accepted", null, null, 0, 4);
        delivery(3, "naver", "accepted", null, null, 1, 9);
        delivery(4, "gmail", "accepted", null, null, 0, 3);
        delivery(5, "gmail", "rejected", "address", "550 5.1.1 no such user", 0, 3);
        delivery(6, "gmail", "rejected", "address", "550 5.1.1 unknown", 0, 3);
        delivery(7, "daum", "skipped", "unsubscribed", null, 0, 3);
        delivery(8, "daum", "uncertain", null, null, 2, 3);
        execute(
                "insert into feedback (edition_id, subscriber_id, vote, comment, at) values (7, 1, 'good', '잘 봤어요', ?)",
                START);

        EditionReport report = find();

        assertThat(report.faults()).isEmpty();
        assertThat(report.json())
                .containsEntry("issue", 12L)
                .containsEntry("edition", 7L)
                .containsEntry("state", "finished")
                .containsEntry("candidates", 10L)
                .containsEntry("excluded", Map.of("suppressed", 2L))
                .containsEntry("recipients", 8L)
                .containsEntry("queued", 0L)
                .containsEntry("accepted", 4L)
                .containsEntry("rejected", 2L)
                .containsEntry("skipped", Map.of("unsubscribed", 1L))
                .containsEntry("uncertain", 1L)
                .containsEntry("uncertain_seen", 2L)
                .containsEntry("started", "2026-12-01T22:00:00Z")
                .containsEntry("finished", "2026-12-01T22:00:20Z")
                .containsEntry("rate", 0.2)
                .containsEntry("sums_agree", true)
                .containsEntry(
                        "canary",
                        Map.of("first", 3L, "rest_from", "2026-12-01T22:00:35Z", "rest_until", "2026-12-01T22:10:00Z"))
                .containsEntry("feedback", Map.of("good", 1L, "soso", 0L, "bad", 0L))
                .containsEntry("comments", 1L);
        assertThat(report.providers())
                .filteredOn(provider -> provider.pausedAt() != null)
                .singleElement()
                .satisfies(gmail -> {
                    assertThat(gmail.provider()).isEqualTo("gmail");
                    assertThat(gmail.pauseReason()).isEqualTo("sender-refused: 550 5.7.26");
                });
        assertThat(new ArrayList<>(report.json().keySet()).subList(0, 20))
                .containsExactly(
                        "issue",
                        "edition",
                        "state",
                        "candidates",
                        "excluded",
                        "recipients",
                        "queued",
                        "claimed",
                        "sending",
                        "deferred",
                        "accepted",
                        "rejected",
                        "expired",
                        "skipped",
                        "uncertain",
                        "uncertain_seen",
                        "versions",
                        "started",
                        "finished",
                        "rate");
        assertThat(report.versions()).containsExactly(new ReportVersion(1, "수탉의 아침", START, null, 8, 4));
        assertThat(report.providers())
                .filteredOn(each -> each.provider().equals("naver"))
                .singleElement()
                .satisfies(naver -> {
                    assertThat(naver.provider()).isEqualTo("naver");
                    assertThat(naver.first()).isEqualTo(START.plusSeconds(2));
                    assertThat(naver.median()).isEqualTo(START.plusSeconds(4));
                    assertThat(naver.last()).isEqualTo(START.plusSeconds(9));
                });
        assertThat(report.reasons()).first().satisfies(reason -> {
            assertThat(reason.reason()).isEqualTo("address");
            assertThat(reason.replyCode()).isEqualTo(550);
            assertThat(reason.rows()).isEqualTo(2);
        });
    }

    @ParameterizedTest
    @EnumSource
    void arrivalsAreCountedByProviderWithTheirTimes(Databases.Kind kind) {
        open(kind);
        edition("finished", 14, 14, START.plusSeconds(20));
        for (int i = 1; i <= 10; i++) {
            delivery(i, "naver", "accepted", null, null, 0, i);
            arrival(i, "arrived", 10 * i);
        }
        delivery(11, "naver", "accepted", null, null, 0, 11);
        arrival(11, "delayed", 60);
        delivery(12, "gmail", "accepted", null, null, 0, 12);
        delivery(13, "gmail", "accepted", null, null, 0, 13);
        arrival(13, "returned", 90);
        delivery(14, "gmail", "rejected", "address", "550 5.1.1 no such user", 0, 3);
        EditionReport report = find();
        assertThat(report.providerArrivals())
                .containsExactly(
                        new ProviderArrivals(
                                "naver",
                                11,
                                Map.of("unknown", 0L, "delayed", 1L, "arrived", 10L, "returned", 0L),
                                START.plusSeconds(10),
                                START.plusSeconds(50),
                                START.plusSeconds(90),
                                START.plusSeconds(100)),
                        new ProviderArrivals(
                                "gmail",
                                2,
                                Map.of("unknown", 1L, "delayed", 0L, "arrived", 0L, "returned", 1L),
                                null,
                                null,
                                null,
                                null));
        assertThat(report.arrivals()).containsEntry("arrived", 10L).containsEntry("unknown", 1L);
        assertThat(report.providers())
                .filteredOn(each -> each.provider().equals("naver"))
                .singleElement()
                .as("when the relay took them, whatever became known since")
                .satisfies(naver -> {
                    assertThat(naver.first()).isEqualTo(START.plusSeconds(1));
                    assertThat(naver.last()).isEqualTo(START.plusSeconds(11));
                });
    }

    private void arrival(long row, String arrival, int second) {
        execute(
                "update delivery set arrival = ?, arrival_at = ?, arrival_source = 'test' where seq = ?",
                arrival,
                START.plusSeconds(second),
                row);
    }

    @ParameterizedTest
    @EnumSource
    void recipientsAreCountedByWhyTheirMailCameBack(Databases.Kind kind) {
        open(kind);
        edition("finished", 3, 3, START.plusSeconds(20));
        for (int i = 1; i <= 3; i++) {
            delivery(i, "naver", "accepted", null, null, 0, i);
            bounce(i, "a" + i, "bounce", "mailbox-full", "soft", "counted");
        }
        bounce(1, "b", "bounce", "mailbox-full", "soft", "counted");
        bounce(1, "c", "bounce", "unknown-user", "hard", "suppressed");
        bounce(2, "d", "bounce", "unknown-user", "hard", "unproven");
        bounce(3, "e", "complaint", "complaint", "none", "suppressed");
        bounce(3, "f", "complaint", "complaint", "none", "suppressed");
        EditionReport report = find();
        assertThat(report.bounces())
                .containsExactly(
                        new CategoryReport("mailbox-full", "soft", 3), new CategoryReport("unknown-user", "hard", 1));
        assertThat(report.complaints())
                .as("a person who complains at two places is one")
                .isEqualTo(1);
    }

    private void bounce(long row, String print, String kind, String category, String verdict, String acted) {
        execute(
                "insert into bounce (fingerprint, received_at, source, kind, edition_id, seq, category, verdict, acted)"
                        + " values (?, ?, 'test', ?, 7, ?, ?, ?, ?)",
                print,
                START,
                kind,
                row,
                category,
                verdict,
                acted);
    }

    @ParameterizedTest
    @EnumSource
    void sumsThatDisagreeAreSaid(Databases.Kind kind) {
        open(kind);
        edition("sending", 5, 3, null);
        delivery(1, "naver", "accepted", null, null, 0, 1);
        clock.advance(Duration.ofSeconds(10));
        EditionReport report = find();
        assertThat(report.faults())
                .containsExactly("5 candidates <> 3 recipients + 0 excluded", "3 recipients <> 1 deliveries");
        assertThat(report.rate()).as("to now while it runs").isEqualTo(0.1);
    }

    @Test
    void issueThatWasNotSentHasAnEmptySheetAndAnUnknownOneNone() {
        open(Databases.Kind.H2);
        EditionReport report = find();
        assertThat(report.edition()).isNull();
        assertThat(report.json()).containsEntry("recipients", 0L).containsEntry("started", null);
        assertThat(new JdbiEditionReport(database.jdbi(), clock).find(99)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void everyRecipientIsListedInOrderOfTheLedger(Databases.Kind kind) {
        open(kind);
        edition("sending", 3, 3, null);
        delivery(100, "naver", "accepted", null, "250 2.0.0 queued as 4XA", 0, 1);
        delivery(101, "naver", "deferred", null, "451 later", 0, 1);
        List<DeliveryLine> lines = new ArrayList<>();
        JdbiRecipients recipients = new JdbiRecipients(database.jdbi());
        assertThat(recipients.forEach(7, List.of(), lines::add)).isEqualTo(2);
        assertThat(lines).extracting(DeliveryLine::state).containsExactly("accepted", "deferred");
        assertThat(lines.get(0).reply()).isEqualTo("2.0.0 queued as 4XA");
        assertThat(lines.get(0).address()).as("a person erased since").isNull();
        assertThat(recipients.forEach(7, List.of("deferred"), line -> {})).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void fileOfAPersonIsComplete(Databases.Kind kind) {
        open(kind);
        Path folder = Databases.temporaryFolder();
        Subscribing subscribing = new Subscribing(
                KeyRing.create(folder.resolve("keys"), new SecureRandom()).addressHash(),
                new RefusalLog(folder),
                clock);
        Evidence evidence = new Evidence(START, ConsentMethod.FORM, "/weekly", "매주 받습니다", "203.0.113.7", "Firefox");
        Subscriber kim = ((GrantOutcome.Granted) database.jdbi()
                        .inTransaction(h -> subscribing.grant(
                                h,
                                weekly,
                                new NewSubscriber(EmailAddress.of("kim@naver.com"), "김수탉", Language.KO, Map.of()),
                                evidence)))
                .subscriber();
        edition("sending", 1, 1, null);
        delivery(kim.id().value(), "naver", "accepted", null, "250 2.0.0 queued as 4XA", 1, 1);
        execute(
                "insert into attempt (edition_id, seq, at, relay, outcome, reply_code, reply) values (7, 1, ?, 'default', 'deferred', 451, 'later')",
                START);

        Map<String, Object> json = new JdbiPersonFile(database.jdbi()).get(kim).json();

        assertThat(json).containsEntry("address", "kim@naver.com").containsEntry("name", "김수탉");
        assertThat(json.toString())
                .contains(
                        "newsletter=weekly, state=active", "shown_text=매주 받습니다", "ip=203.0.113.7", "user_agent=Firefox")
                .contains("issue=12", "version=1", "relay=default", "code=250", "reply=2.0.0 queued as 4XA")
                .contains("uncertain_count=1", "arrival=unknown", "outcome=deferred");
    }

    @Test
    void acceptedIsNeverCalledDelivered() {
        for (Language language : Language.values()) {
            Messages words = Messages.of(EditionReport.class, language);
            assertThat(words.text("state.accepted"))
                    .doesNotContainIgnoringCase("deliver")
                    .doesNotContain("도착", "배달", "전달");
        }
    }

    private EditionReport find() {
        return new JdbiEditionReport(database.jdbi(), clock).find(12).orElseThrow();
    }

    private void edition(String state, long candidates, long recipients, Instant finished) {
        execute(
                "insert into edition (id, public_id, issue_id, newsletter_id, state, version, epoch, candidates, recipients, created_at,"
                        + " ready_at, finished_at, expires_at) values (7, 70, 12, ?, ?, 1, 1, ?, ?, ?, ?, cast(? as timestamp(6) with time zone), ?)",
                weekly.value(),
                state,
                candidates,
                recipients,
                START,
                START,
                finished == null ? null : finished.toString(),
                START.plusSeconds(86_400));
        execute(
                "insert into edition_version (edition_id, version, subject, headers, html, text, archive_html, content_hash, released_at) values (7, 1, '수탉의 아침', 'h', 'h', 't', 'a', 'c', ?)",
                START);
    }

    private void delivery(
            long subscriber, String provider, String state, String reason, String reply, int uncertain, int second) {
        Integer code = reply == null ? null : Integer.valueOf(reply.substring(0, 3));
        seq++;
        database.jdbi()
                .useHandle(h -> h.createUpdate(
                                "insert into delivery (edition_id, seq, subscriber_id, version, provider, state, reason, attempts, uncertain_count,"
                                        + " relay, reply_code, reply, updated_at) values (7, :seq, :subscriber, 1, :provider, :state, :reason, 1,"
                                        + " :uncertain, 'default', :code, :reply, :at)")
                        .bind("seq", seq)
                        .bind("subscriber", subscriber)
                        .bind("provider", provider)
                        .bind("state", state)
                        .bind("reason", reason)
                        .bind("uncertain", uncertain)
                        .bind("code", code)
                        .bind("reply", reply == null ? null : reply.substring(4))
                        .bind("at", START.plusSeconds(second))
                        .execute());
    }

    private void execute(String sql, Object... arguments) {
        database.jdbi().useHandle(handle -> handle.execute(sql, arguments));
    }
}
