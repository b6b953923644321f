package dev.rooster.subscriber.csv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.db.Database;
import dev.rooster.fixtures.Databases;
import dev.rooster.fixtures.NewsletterRows;
import dev.rooster.fixtures.SettableClock;
import dev.rooster.language.Language;
import dev.rooster.language.Messages;
import dev.rooster.mail.EmailAddress;
import dev.rooster.newsletter.NewsletterId;
import dev.rooster.subscriber.Consent;
import dev.rooster.subscriber.ConsentKind;
import dev.rooster.subscriber.ConsentMethod;
import dev.rooster.subscriber.Evidence;
import dev.rooster.subscriber.JdbiSubscribers;
import dev.rooster.subscriber.JdbiSubscriptions;
import dev.rooster.subscriber.NewSubscriber;
import dev.rooster.subscriber.RefusalScope;
import dev.rooster.subscriber.Subscriber;
import dev.rooster.subscriber.Subscribing;
import dev.rooster.subscriber.SubscriptionState;
import dev.rooster.suppression.JdbiSuppressions;
import dev.rooster.suppression.RefusalLog;
import dev.rooster.suppression.Suppression;
import dev.rooster.suppression.SuppressionReason;
import dev.rooster.suppression.SuppressionScope;
import dev.rooster.token.AddressHash;
import dev.rooster.token.KeyRing;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ImportSubscribersTest {
    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
    private final SettableClock clock = SettableClock.at("2026-11-24T07:00:00Z");
    private final Path folder = Databases.temporaryFolder();
    private final AddressHash hashes =
            KeyRing.create(folder.resolve("keys"), new SecureRandom()).addressHash();
    private final RefusalLog log = new RefusalLog(folder);
    private final Messages english = Messages.of(ImportSubscribers.class, Language.EN);
    private Database database;
    private NewsletterId weekly;

    private void open(Databases.Kind kind) {
        database = Databases.open(kind);
        weekly = NewsletterRows.insert(database, "weekly", 11);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @ParameterizedTest
    @EnumSource
    void koreanSpreadsheetInCp949IsTakenWithDatesAndAttributes(Databases.Kind kind) throws Exception {
        open(kind);
        String text = "이메일,이름,동의일,회사,전화\r\n"
                + "Kim@NAVER.com,김수탉,2024. 2. 1.,\"수탉, 주식회사\",+82-10-1234-5678\r\n"
                + "lee@예시.한국,이암탉,,,\r\n";
        ImportSummary summary = importBytes(text.getBytes(Charset.forName("x-windows-949")));

        assertThat(summary.charset()).isEqualTo("CP949");
        assertThat(counts(summary)).isEqualTo("rows 2 added 2");
        Subscriber kim = person("kim@naver.com");
        assertThat(kim.address().text()).isEqualTo("Kim@naver.com");
        assertThat(kim.name()).isEqualTo("김수탉");
        assertThat(kim.attributes()).isEqualTo(Map.of("회사", "수탉, 주식회사", "전화", "+82-10-1234-5678"));
        assertThat(consents(kim)).singleElement().satisfies(consent -> {
            assertThat(consent.kind()).isEqualTo(ConsentKind.GRANTED);
            assertThat(consent.at()).isEqualTo("2024-01-31T15:00:00Z");
            assertThat(consent.method()).isEqualTo("import");
            assertThat(consent.source()).isEqualTo("list.csv:2");
        });
        assertThat(consents(person("lee@xn--vv4b11d.xn--3e0b707e")))
                .extracting(Consent::source, Consent::at)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("list.csv:3; no date in the file", clock.instant()));
    }

    @ParameterizedTest
    @EnumSource
    void badRowsAndDuplicatesAreReportedByLineAndTheGoodOnesKept(Databases.Kind kind) throws Exception {
        open(kind);
        ImportSummary summary = importText("""
                email,name,status,consent date
                good@naver.com,Good,,
                no-at.naver.com,=cmd,,
                odd@naver.com,Odd,perhaps,
                date@naver.com,Date,,02/03/2026
                GOOD@naver.com,Twice,,
                wide@naver.com,a,b,2024-01-01,x
                "open@naver.com,Quote,,
                last@naver.com,Last,,
                """);

        assertThat(counts(summary)).isEqualTo("rows 8 added 2 duplicates 1 bad 5");
        Path rejected = summary.rejectedFile().orElseThrow();
        assertThat(rejected).hasFileName("list.csv.rejected.csv");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(rejected)))
                .isEqualTo("rw-------");
        List<String> lines = Files.readAllLines(rejected);
        assertThat(lines.get(0))
                .isEqualTo("\uFEFF\"#line\",#problem,#found,#expected,#how to mend it,email,name,status,consent date");
        assertThat(lines).hasSize(7);
        assertThat(lines.get(1)).startsWith("3,").contains("no-at.naver.com").endsWith(",no-at.naver.com,'=cmd,,");
        assertThat(lines).anyMatch(line -> line.startsWith("6,Line 2 names the same person"));
        assertThat(person("last@naver.com").name()).isEqualTo("Last");
    }

    @ParameterizedTest
    @EnumSource
    void addressWhosePublicIdIsSomebodyElsesIsLeftOut(Databases.Kind kind) throws Exception {
        open(kind);
        importText("email,name\nkim@naver.com,Kim\n");
        String hash = hashes.of("lee@naver.com");
        database.jdbi().useHandle(h -> h.execute("update subscriber set public_id = ?", AddressHash.publicId(hash)));

        ImportSummary summary = importText("email,name\nlee@naver.com,Lee\n");

        assertThat(counts(summary)).isEqualTo("rows 1 bad 1");
        assertThat(Files.readString(summary.rejectedFile().orElseThrow())).contains("belongs to another person");
        assertThat(state("lee@naver.com")).isEmpty();
        List<String> names = database.jdbi()
                .withHandle(h -> h.createQuery("select name from subscriber")
                        .mapTo(String.class)
                        .list());
        assertThat(names).containsExactly("Kim");
    }

    @ParameterizedTest
    @EnumSource
    void mendedRejectedFileIsImportedItself(Databases.Kind kind) throws Exception {
        open(kind);
        Path rejected =
                importText("email,회사\nkim naver.com,수탉\n").rejectedFile().orElseThrow();
        Files.writeString(rejected, Files.readString(rejected).replace(",kim naver.com,", ",kim@naver.com,"));

        ImportSummary second = run(rejected, Wanted.ACTIVE, false);
        assertThat(counts(second)).isEqualTo("rows 1 added 1");
        assertThat(person("kim@naver.com").attributes()).isEqualTo(Map.of("회사", "수탉"));
    }

    @ParameterizedTest
    @EnumSource
    void runningItTwiceIsRunningItOnce(Databases.Kind kind) throws Exception {
        open(kind);
        String text = "email,name,status\na@b.kr,A,active\nc@d.kr,C,unsubscribed\ne@f.kr,E,cleaned\nx,,\n";
        assertThat(counts(importText(text))).isEqualTo("rows 4 added 1 unsubscribed 2 bad 1");
        String before = everything();
        clock.advance(Duration.ofHours(1));
        assertThat(counts(importText(text))).isEqualTo("rows 4 unchanged 3 bad 1");
        assertThat(everything()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void dryRunWritesNothingButTheReport(Databases.Kind kind) throws Exception {
        open(kind);
        Path file = Files.writeString(folder.resolve("list.csv"), "email,status\na@b.kr,\nc@d.kr,unsubscribed\nx,\n");
        ImportSummary summary = run(file, Wanted.ACTIVE, true);
        assertThat(counts(summary)).isEqualTo("rows 3 added 1 unsubscribed 1 bad 1");
        assertThat(summary.rejectedFile()).isPresent();
        assertThat(everything()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void nobodyWhoRefusedIsRevived(Databases.Kind kind) throws Exception {
        open(kind);
        importText("email\nleft@b.kr\ngone@b.kr\nkept@b.kr\n");
        Subscribing subscribing = new Subscribing(hashes, log, clock);
        Evidence evidence = Evidence.of(clock.instant(), ConsentMethod.PAGE, "/u");
        database.jdbi().useTransaction(h -> {
            subscribing.refuse(h, weekly, person("left@b.kr").id(), evidence, RefusalScope.THIS_NEWSLETTER);
            subscribing.erase(h, person("gone@b.kr").id(), evidence);
            subscribing.refuseUnknown(h, 11, AddressHash.publicId(hashes.of("orphan@b.kr")), clock.instant());
            new JdbiSuppressions()
                    .add(
                            h,
                            new Suppression(
                                    hashes.of("blocked@b.kr"),
                                    SuppressionScope.all(),
                                    SuppressionReason.MANUAL,
                                    clock.instant(),
                                    "test",
                                    null));
        });

        ImportSummary summary = importText("email\nleft@b.kr\ngone@b.kr\nkept@b.kr\norphan@b.kr\nblocked@b.kr\n");

        assertThat(counts(summary)).isEqualTo("rows 5 unchanged 1 refused 4");
        assertThat(state("left@b.kr")).contains(SubscriptionState.UNSUBSCRIBED);
        assertThat(state("gone@b.kr")).isEmpty();
        assertThat(state("orphan@b.kr")).isEmpty();
        assertThat(state("blocked@b.kr")).isEmpty();
        assertThat(Files.readString(summary.rejectedFile().orElseThrow())).contains("(erased)", "as unsubscribed");
    }

    @ParameterizedTest
    @EnumSource
    void unsubscribedOfOtherServicesStayUnsubscribed(Databases.Kind kind) throws Exception {
        open(kind);
        importText(
                "email,attributes,status,created_at\nl@b.kr,\"{\"\"city\"\":\"\"Seoul\"\",\"\"n\"\":3}\",blocklisted,2024-01-01T00:00:00Z\n");
        importText("Email Address,First Name,Last Name,CONFIRM_TIME,CONFIRM_IP,UNSUB_TIME,LEID\n"
                + "m@b.kr,Min,Kim,2024-02-01 09:05:00,203.0.113.7,2024-02-03 10:00:00,1\n"
                + "n@b.kr,수탉,김,2024-02-01 09:05:00,203.0.113.7,,2\n");
        importText("Email Address,CLEAN_TIME,LEID\no@b.kr,2024-02-03 10:00:00,3\n");
        importText("이메일 주소,구독 상태,구독일\np@b.kr,수신거부,2024-03-01\nq@b.kr,자동삭제,2024-03-01\nr@b.kr,구독 중,2024-03-01\n");

        assertThat(state("l@b.kr")).contains(SubscriptionState.UNSUBSCRIBED);
        assertThat(suppressed("l@b.kr")).contains(SuppressionReason.MANUAL);
        assertThat(person("l@b.kr").attributes()).isEqualTo(Map.of("city", "Seoul", "n", "3"));
        assertThat(state("m@b.kr")).contains(SubscriptionState.UNSUBSCRIBED);
        assertThat(suppressed("m@b.kr")).contains(SuppressionReason.UNSUBSCRIBED);
        assertThat(consents(person("m@b.kr")))
                .extracting(Consent::at)
                .containsExactly(Instant.parse("2024-02-01T09:05:00Z"), Instant.parse("2024-02-03T10:00:00Z"));
        assertThat(person("m@b.kr").name()).isEqualTo("Min Kim");
        assertThat(state("n@b.kr")).contains(SubscriptionState.ACTIVE);
        assertThat(person("n@b.kr").name()).isEqualTo("김수탉");
        assertThat(consents(person("n@b.kr")))
                .extracting(Consent::at, Consent::ip)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Instant.parse("2024-02-01T09:05:00Z"), "203.0.113.7"));
        assertThat(state("o@b.kr")).contains(SubscriptionState.BOUNCED);
        assertThat(suppressed("o@b.kr")).contains(SuppressionReason.HARD_BOUNCE);
        assertThat(state("p@b.kr")).contains(SubscriptionState.UNSUBSCRIBED);
        assertThat(state("q@b.kr")).contains(SubscriptionState.BOUNCED);
        assertThat(state("r@b.kr")).contains(SubscriptionState.ACTIVE);
    }

    @ParameterizedTest
    @EnumSource
    void refusalInTheFileEndsAnOlderConsentButNotALaterOne(Databases.Kind kind) throws Exception {
        open(kind);
        importText("email,consent date\nold@b.kr,2024-01-01\nnew@b.kr,2025-01-01\n");
        importText("email,status,status since\nold@b.kr,unsubscribed,2024-06-01\nnew@b.kr,unsubscribed,2024-06-01\n");
        assertThat(state("old@b.kr")).contains(SubscriptionState.UNSUBSCRIBED);
        assertThat(state("new@b.kr")).contains(SubscriptionState.ACTIVE);
    }

    @ParameterizedTest
    @EnumSource
    void refusalCountsWhereverItStandsInTheFile(Databases.Kind kind) throws Exception {
        open(kind);
        ImportSummary summary =
                importText("email,status\na@b.kr,active\na@b.kr,unsubscribed\nc@d.kr,unsubscribed\nc@d.kr,active\n");
        assertThat(counts(summary)).isEqualTo("rows 4 added 1 unsubscribed 1 duplicates 2");
        assertThat(state("a@b.kr")).contains(SubscriptionState.UNSUBSCRIBED);
        assertThat(state("c@d.kr")).contains(SubscriptionState.UNSUBSCRIBED);
    }

    @ParameterizedTest
    @EnumSource
    void detailsAreRenewedAndAttributesMerged(Databases.Kind kind) throws Exception {
        open(kind);
        importText("email,name,city,plan\na@b.kr,Old,Seoul,free\n");
        ImportSummary summary = importText("email,name,city,language\na@b.kr,New,Busan,ko\n");
        assertThat(counts(summary)).isEqualTo("rows 1 updated 1");
        Subscriber person = person("a@b.kr");
        assertThat(person.name()).isEqualTo("New");
        assertThat(person.language()).isEqualTo(Language.KO);
        assertThat(person.attributes()).isEqualTo(Map.of("city", "Busan", "plan", "free"));
    }

    @ParameterizedTest
    @EnumSource
    void asPendingNobodyIsActivated(Databases.Kind kind) throws Exception {
        open(kind);
        Path file = Files.writeString(folder.resolve("list.csv"), "email,status\na@b.kr,\nc@d.kr,active\n");
        run(file, Wanted.PENDING, false);
        assertThat(state("a@b.kr")).contains(SubscriptionState.PENDING);
        assertThat(state("c@d.kr")).contains(SubscriptionState.PENDING);
        run(file, Wanted.ACTIVE, false);
        assertThat(state("a@b.kr")).contains(SubscriptionState.ACTIVE);
        assertThat(consents(person("a@b.kr")))
                .extracting(Consent::kind)
                .containsExactly(ConsentKind.REQUESTED, ConsentKind.GRANTED);
    }

    @ParameterizedTest
    @EnumSource
    void personOfAnotherNewsletterIsAddedToThisOne(Databases.Kind kind) throws Exception {
        open(kind);
        NewsletterId monthly = NewsletterRows.insert(database, "monthly", 12);
        Subscribing subscribing = new Subscribing(hashes, log, clock);
        database.jdbi()
                .useTransaction(h -> subscribing.grant(
                        h,
                        monthly,
                        NewSubscriber.of(EmailAddress.of("a@b.kr")),
                        Evidence.of(clock.instant(), ConsentMethod.OPERATOR, "add")));
        assertThat(counts(importText("email,name\na@b.kr,Kim\n"))).isEqualTo("rows 1 added 1");
        assertThat(state("a@b.kr")).contains(SubscriptionState.ACTIVE);
        assertThat(person("a@b.kr").name()).isEqualTo("Kim");
    }

    @ParameterizedTest
    @EnumSource
    void severalBatchesAreTakenAndProgressReachesTheEnd(Databases.Kind kind) throws Exception {
        open(kind);
        StringBuilder text = new StringBuilder("email\n");
        int people = JdbiImportBatch.ROWS_MAX + 7;
        for (int i = 0; i < people; i++) {
            text.append("user").append(i).append("@naver.com\n");
        }
        Path file = Files.writeString(folder.resolve("list.csv"), text);
        long[] last = new long[2];
        ImportSummary summary = importer().run(file, weekly, options(Wanted.ACTIVE, false), english, (rows, total) -> {
            last[0] = rows;
            last[1] = total;
        });
        assertThat(summary.added()).isEqualTo(people);
        assertThat(last).containsExactly(people, people);
        assertThat(count("select count(*) from subscription where state = 'active'"))
                .isEqualTo(people);
        assertThat(count("select count(*) from consent where kind = 'granted'")).isEqualTo(people);
    }

    private ImportSummary importText(String text) throws Exception {
        return importBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private ImportSummary importBytes(byte[] bytes) throws Exception {
        return run(Files.write(folder.resolve("list.csv"), bytes), Wanted.ACTIVE, false);
    }

    private ImportSummary run(Path file, Wanted otherwise, boolean dryRun) throws Exception {
        return importer().run(file, weekly, options(otherwise, dryRun), english, (rows, total) -> {});
    }

    private ImportSubscribers importer() {
        return new ImportSubscribers(database, hashes, log, clock);
    }

    private static ImportOptions options(Wanted otherwise, boolean dryRun) {
        return new ImportOptions(otherwise, SEOUL, dryRun);
    }

    /** The counts that are not zero. */
    private static String counts(ImportSummary s) {
        StringBuilder text = new StringBuilder("rows " + s.rows());
        append(text, "added", s.added());
        append(text, "updated", s.updated());
        append(text, "unchanged", s.unchanged());
        append(text, "unsubscribed", s.unsubscribed());
        append(text, "duplicates", s.duplicates());
        append(text, "refused", s.refused());
        append(text, "bad", s.bad());
        assertThat(s.added() + s.updated() + s.unchanged() + s.unsubscribed() + s.rejected())
                .as("every row is counted once")
                .isEqualTo(s.rows());
        return text.toString();
    }

    private static void append(StringBuilder text, String what, long count) {
        if (count > 0) {
            text.append(' ').append(what).append(' ').append(count);
        }
    }

    private Subscriber person(String key) {
        return database.jdbi()
                .withHandle(h -> new JdbiSubscribers().findByAddress(h, EmailAddress.of(key), hashes))
                .orElseThrow();
    }

    private Optional<SubscriptionState> state(String key) {
        return database.jdbi()
                .withHandle(h -> new JdbiSubscribers()
                        .findByAddress(h, EmailAddress.of(key), hashes)
                        .flatMap(found -> new JdbiSubscriptions().find(h, weekly, found.id()))
                        .map(subscription -> subscription.state()));
    }

    private Optional<SuppressionReason> suppressed(String key) {
        return database.jdbi()
                .withHandle(h ->
                        new JdbiSuppressions().find(h, hashes.of(key), weekly).map(Suppression::reason));
    }

    private List<Consent> consents(Subscriber subscriber) {
        return database.jdbi().withHandle(h -> new JdbiSubscriptions().consents(h, subscriber.id()));
    }

    private long count(String sql) {
        return database.jdbi()
                .withHandle(h -> h.createQuery(sql).mapTo(Long.class).one());
    }

    private String everything() {
        StringBuilder all = new StringBuilder();
        for (String table : List.of("subscriber", "subscription", "consent", "suppression")) {
            database.jdbi()
                    .withHandle(h ->
                            h.createQuery("select * from " + table).mapToMap().list())
                    .forEach(row -> all.append(row).append('\n'));
        }
        return all.toString();
    }
}
