package dev.rooster.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.fixtures.Databases;
import dev.rooster.subscriber.Subscriber;
import dev.rooster.subscriber.SubscriptionState;
import dev.rooster.token.Purpose;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReaderPagesTest {
    private static final String SIGN_UP = "email=haneul%40naver.com&name=%EA%B9%80%ED%95%98%EB%8A%98&consent=yes";

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void aSignUpIsConfirmedByItsButtonOnceAndNotByOpeningIt(Databases.Kind kind) {
        try (PagesOnTrial site = PagesOnTrial.open(kind, Set.of())) {
            assertThat(site.post("/ai-weekly", SIGN_UP).body()).contains("메일함을 확인해 주세요");
            assertThat(site.outbox()).containsExactly("confirmation haneul@naver.com queued");
            String link = confirmLink(site);
            for (int i = 0; i < 20; i++) {
                assertThat(site.get(link).statusCode()).isEqualTo(200);
                site.head(link);
            }
            assertThat(states(site)).containsExactly("pending");
            assertThat(site.post(link, "").body()).contains("구독이 시작되었습니다");
            assertThat(states(site)).containsExactly("active");
            assertThat(site.outbox()).contains("welcome haneul@naver.com queued");
            // Used up: a later refusal can't be undone by the old mail.
            site.database.jdbi().useHandle(handle -> handle.execute("update subscription set state = 'unsubscribed'"));
            HttpResponse<String> again = site.post(link, "");
            assertThat(again.statusCode()).isEqualTo(410);
            assertThat(states(site)).containsExactly("unsubscribed");
        }
    }

    @Test
    void aConfirmationLinkStopsWorkingAfterItsTime() {
        try (PagesOnTrial site = PagesOnTrial.open()) {
            site.post("/ai-weekly", SIGN_UP);
            site.clock.advance(Duration.ofDays(7));
            assertThat(site.post(confirmLink(site), "").statusCode()).isEqualTo(410);
            assertThat(states(site)).containsExactly("pending");
        }
    }

    @Test
    void knownAndUnknownAddressesAndMachinesGetTheSameAnswer() {
        try (PagesOnTrial site = PagesOnTrial.open()) {
            site.reader("reader@naver.com");
            String known = site.post("/ai-weekly", "email=reader@naver.com&consent=yes")
                    .body();
            String unknown = site.post("/ai-weekly", "email=rival00@naver.com&consent=yes")
                    .body();
            String machine = site.post("/ai-weekly", "email=robot00@naver.com&consent=yes&website=x")
                    .body();
            assertThat(unknown).isEqualTo(known);
            assertThat(machine).isEqualTo(known);
            assertThat(site.outbox())
                    .containsExactly("already reader@naver.com queued", "confirmation rival00@naver.com queued");
        }
    }

    @Test
    void ofTenThousandSignUpsOneMailComesAndTheCallerIsStopped() {
        try (PagesOnTrial site = PagesOnTrial.open()) {
            int stopped = 0;
            for (int i = 0; i < 30; i++) {
                stopped += site.post("/ai-weekly", SIGN_UP).statusCode() == 429 ? 1 : 0;
            }
            assertThat(stopped).isEqualTo(20);
            assertThat(site.outbox()).hasSize(1);
        }
    }

    @Test
    void theFormSaysWhatForAsksTwiceWithUntickedBoxesAndTakesTheSecondAsOptional() {
        try (PagesOnTrial site = PagesOnTrial.open(Databases.Kind.H2, Set.of("ai-weekly"))) {
            Document form = Jsoup.parse(site.get("/ai-weekly").body());
            assertThat(form.select("input[type=checkbox]")).hasSize(2);
            assertThat(form.select("input[type=checkbox][checked]")).isEmpty();
            assertThat(form.text()).contains("목적:", "항목:", "보유 기간:", "거부하실 수 있으며", "14세");
            assertThat(site.post("/ai-weekly", "email=a@naver.com").statusCode())
                    .isEqualTo(422);
            assertThat(site.post("/ai-weekly", "email=a@naver.com&consent=yes").statusCode())
                    .isEqualTo(200);
            site.post("/ai-weekly", "email=b@naver.com&consent=yes&marketing=yes");
            List<String> shown = site.database
                    .jdbi()
                    .withHandle(handle -> handle.createQuery("select shown_text from consent order by id")
                            .mapTo(String.class)
                            .list());
            assertThat(shown.get(0)).contains("개인정보 수집·이용 동의").doesNotContain("광고성");
            assertThat(shown.get(1)).contains("광고성 정보 수신 동의");
        }
    }

    @Test
    void whatWasTypedIsShownAgainAndNeverAsMarkup() {
        try (PagesOnTrial site = PagesOnTrial.open()) {
            String evil = "email=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&name=%3Cimg%20src=x%20onerror=alert(1)%3E";
            Document page = Jsoup.parse(site.post("/ai-weekly", evil).body());
            assertThat(page.select("script, img")).isEmpty();
            assertThat(page.select("#email").val()).contains("<script>");
        }
    }

    @Test
    void preferencesChangeNameLanguageAndNewsletters() {
        try (PagesOnTrial site = PagesOnTrial.open()) {
            Subscriber reader = site.reader("reader@naver.com");
            String link = site.link(Purpose.PREFERENCES, reader);
            site.post(link, "action=save&name=Sky&language=en&newsletter=ai-monthly");
            assertThat(site.state(reader, site.weekly)).isEqualTo(SubscriptionState.UNSUBSCRIBED);
            assertThat(site.state(reader, site.monthly)).isEqualTo(SubscriptionState.ACTIVE);
            Document page = Jsoup.parse(site.get(link).body());
            assertThat(page.select("html").attr("lang")).isEqualTo("en");
            assertThat(page.select("#name").val()).isEqualTo("Sky");
            assertThat(site.outbox())
                    .containsExactlyInAnyOrder("refusal reader@naver.com queued", "welcome reader@naver.com queued");
        }
    }

    @Test
    void aReaderCanTakeTheirDataAlongAndBeErased() {
        try (PagesOnTrial site = PagesOnTrial.open()) {
            Subscriber reader = site.reader("reader@naver.com");
            String link = site.link(Purpose.PREFERENCES, reader);
            HttpResponse<String> data = site.post(link, "action=export");
            assertThat(data.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
            assertThat(data.body()).contains("reader@naver.com", "ai-weekly", "declarations");
            assertThat(site.post(link, "action=erase").body()).contains("표시해 주세요");
            assertThat(site.post(link, "action=erase&sure=yes").body()).contains("모두 지웠습니다", "2026년 12월 2일");
            assertThat(site.get(link).statusCode()).isEqualTo(404);
            assertThat(site.post(site.link(Purpose.UNSUBSCRIBE, reader), "").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void aFaceCountsOnItsButtonAndTheLastOneCounts() {
        try (PagesOnTrial site = PagesOnTrial.open()) {
            Subscriber reader = site.reader("reader@naver.com");
            edition(site);
            String link = "/f/" + site.tokens.seal(Purpose.FEEDBACK, site.weekly.publicId(), 501, reader.publicId());
            Document page = Jsoup.parse(site.get(link + "?vote=good").body());
            assertThat(page.select("input[type=radio][checked]").val()).isEqualTo("good");
            assertThat(page.select(".face").eachText()).containsExactly("😍좋았어요", "🙂그저 그래요", "😢아쉬웠어요");
            assertThat(votes(site)).isEmpty();
            site.post(link, "vote=good");
            site.post(link, "vote=bad&comment=%EB%84%88%EB%AC%B4%20%EA%B8%B8%EC%96%B4%EC%9A%94");
            site.post(link, "vote=soso");
            site.post(link, "vote=drop%20table");
            assertThat(votes(site)).containsExactly("soso 너무 길어요");
        }
    }

    @Test
    void theArchiveShowsWhatWasSentInAnOriginOfItsOwn() {
        try (PagesOnTrial site = PagesOnTrial.open()) {
            edition(site);
            Document list = Jsoup.parse(site.get("/ai-weekly/archive").body());
            String link = list.select(".list a").attr("href");
            HttpResponse<String> issue = site.get(link);
            assertThat(issue.body()).contains("<h1>첫 호</h1>");
            assertThat(issue.headers().firstValue("Content-Security-Policy"))
                    .hasValueSatisfying(policy -> assertThat(policy)
                            .contains("sandbox ", "default-src 'none'")
                            .doesNotContain("script", "allow-same-origin"));
            String tag = issue.headers().firstValue("ETag").orElseThrow();
            assertThat(site.get(link, "If-None-Match", tag).statusCode()).isEqualTo(304);
            assertThat(site.get("/ai-monthly/archive/1").statusCode()).isEqualTo(404);
            HttpResponse<String> feed = site.get("/ai-weekly/feed.xml");
            assertThat(feed.body())
                    .contains("<title>첫 호 &amp; 더</title>", "href=\"https://news.kkok.kr/ai-weekly/archive/1\"");
        }
    }

    @Test
    void aPictureIsServedForEver() {
        try (PagesOnTrial site = PagesOnTrial.open()) {
            String hash = "ab".repeat(32);
            site.database
                    .jdbi()
                    .useHandle(handle -> handle.createUpdate("""
                            insert into media (hash, content_type, bytes, size_bytes, width, height, created_at)
                            values (:hash, 'image/png', :bytes, 3, 1, 1, current_timestamp)
                            """)
                            .bind("hash", hash)
                            .bind("bytes", new byte[] {1, 2, 3})
                            .execute());
            HttpResponse<byte[]> picture = site.bytes("/media/" + hash);
            assertThat(picture.body()).containsExactly(1, 2, 3);
            assertThat(picture.headers().firstValue("Content-Type")).contains("image/png");
            assertThat(picture.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(picture.headers().firstValue("Cache-Control"))
                    .hasValueSatisfying(cache -> assertThat(cache).contains("immutable"));
            assertThat(site.get("/media/" + hash, "If-None-Match", "\"" + hash + "\"")
                            .statusCode())
                    .isEqualTo(304);
            assertThat(site.get("/media/..%2f..%2fetc").statusCode()).isIn(400, 404);
        }
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() {
        try (PagesOnTrial site = PagesOnTrial.open()) {
            assertThat(site.post("/ai-weekly", "email=" + "a".repeat(70_000)).statusCode())
                    .isEqualTo(413);
        }
    }

    /** What axe would ask of each page. */
    @Test
    void everyPageHasALanguageATitleOneHeadingAndALabelForEveryField() {
        try (PagesOnTrial site = PagesOnTrial.open(Databases.Kind.H2, Set.of("ai-weekly"))) {
            Subscriber reader = site.reader("reader@naver.com");
            edition(site);
            String feedback =
                    "/f/" + site.tokens.seal(Purpose.FEEDBACK, site.weekly.publicId(), 501, reader.publicId());
            List<String> paths = List.of(
                    "/",
                    "/ai-weekly",
                    "/ai-weekly/archive",
                    "/nothing/here",
                    site.link(Purpose.UNSUBSCRIBE, reader),
                    site.link(Purpose.PREFERENCES, reader),
                    feedback);
            for (String path : paths) {
                for (String language : List.of("ko", "en")) {
                    HttpResponse<String> answer = site.get(path + "?lang=" + language);
                    assertThat(answer.statusCode()).as(path).isEqualTo(path.startsWith("/nothing") ? 404 : 200);
                    Document page = Jsoup.parse(answer.body());
                    assertThat(page.select("html").attr("lang")).as(path).isEqualTo(language);
                    assertThat(page.title()).as(path).isNotBlank();
                    assertThat(page.select("h1")).as(path).hasSize(1);
                    assertThat(page.select("main")).as(path).hasSize(1);
                    assertThat(page.select("script, [onclick], [onload], iframe"))
                            .as(path)
                            .isEmpty();
                    assertThat(answer.headers().map()).as(path).doesNotContainKey("set-cookie");
                    for (Element field : page.select("input:not([type=hidden]), select, textarea")) {
                        boolean labelled = field.closest("label") != null
                                || !page.select("label[for=" + field.id() + "]").isEmpty();
                        assertThat(labelled).as(path + " " + field).isTrue();
                    }
                }
            }
        }
    }

    private static String confirmLink(PagesOnTrial site) {
        long[] ids = site.database
                .jdbi()
                .withHandle(handle -> handle.createQuery("""
                        select n.public_id, s.public_id from notice n join subscriber s on s.address_hash = n.person_hash
                        where n.kind = 'confirmation'
                        """)
                        .map((row, context) -> new long[] {row.getLong(1), row.getLong(2)})
                        .one());
        return "/c/" + site.tokens.seal(Purpose.CONFIRM, site.weekly.publicId(), ids[0], ids[1]);
    }

    private static List<String> states(PagesOnTrial site) {
        return site.database
                .jdbi()
                .withHandle(handle -> handle.createQuery("select state from subscription")
                        .mapTo(String.class)
                        .list());
    }

    private static List<String> votes(PagesOnTrial site) {
        return site.database
                .jdbi()
                .withHandle(handle -> handle.createQuery("select vote || ' ' || comment from feedback")
                        .mapTo(String.class)
                        .list());
    }

    /** A sent issue of the weekly, with public id 501. */
    private static void edition(PagesOnTrial site) {
        site.database.jdbi().useHandle(handle -> {
            handle.createUpdate("""
                            insert into issue (newsletter_id, title, subject, state, source_name, source, source_hash, created_at,
                              updated_at)
                            values (:newsletter, '첫 호 & 더', 's', 'sent', 'x', 'y', 'z', current_timestamp, current_timestamp)
                            """)
                    .bind("newsletter", site.weekly.id().value())
                    .execute();
            handle.createUpdate("""
                            insert into edition (public_id, issue_id, newsletter_id, state, version, epoch, created_at, ready_at,
                              expires_at)
                            values (501, 1, :newsletter, 'finished', 1, 1, current_timestamp, current_timestamp, current_timestamp)
                            """)
                    .bind("newsletter", site.weekly.id().value())
                    .execute();
            handle.execute("""
                    insert into edition_version (edition_id, version, subject, headers, html, text, archive_html, content_hash,
                      released_at)
                    values (1, 1, 's', '', '', '', '<!doctype html><h1>첫 호</h1>', 'hash1', current_timestamp)
                    """);
        });
    }
}
