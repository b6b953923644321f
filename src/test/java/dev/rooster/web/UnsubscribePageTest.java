package dev.rooster.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.fixtures.Databases;
import dev.rooster.subscriber.Subscriber;
import dev.rooster.subscriber.SubscriptionState;
import dev.rooster.token.Purpose;
import java.net.http.HttpResponse;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class UnsubscribePageTest {
    private static final String URLENCODED = "application/x-www-form-urlencoded";
    private static final String ONE_CLICK = "List-Unsubscribe=One-Click";
    private static final String MULTIPART = """
            --xyz\r
            Content-Disposition: form-data; name="List-Unsubscribe"\r
            \r
            One-Click\r
            --xyz--\r
            """;

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void aMailProgramsButtonWorksInBothBodyFormsAndTwice(Databases.Kind kind) {
        try (PagesOnTrial site = PagesOnTrial.open(kind, Set.of())) {
            Subscriber first = site.reader("first@naver.com");
            Subscriber second = site.reader("second@gmail.com");
            for (int time = 0; time < 2; time++) {
                assertPlainAnswer(site.postAs(URLENCODED, site.link(Purpose.UNSUBSCRIBE, first), ONE_CLICK));
                assertPlainAnswer(site.postAs(
                        "multipart/form-data; boundary=xyz", site.link(Purpose.UNSUBSCRIBE, second), MULTIPART));
            }
            assertThat(site.state(first, site.weekly)).isEqualTo(SubscriptionState.UNSUBSCRIBED);
            assertThat(site.state(second, site.weekly)).isEqualTo(SubscriptionState.UNSUBSCRIBED);
            assertThat(site.outbox())
                    .containsExactly("refusal first@naver.com queued", "refusal second@gmail.com queued");
            assertThat(site.nudges).hasValue(2);
        }
    }

    /** RFC 8058 §3.1: no redirect, no cookie. */
    private static void assertPlainAnswer(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().map()).doesNotContainKeys("location", "set-cookie");
    }

    @ParameterizedTest
    @CsvSource({
        "'', /, application/x-www-form-urlencoded",
        "List-Unsubscribe=One-Click, /, ''",
        "broken, '', multipart/form-data",
        "{}, '', application/json"
    })
    void noQuirkOfARequestKeepsItFromWorking(String body, String slash, String type) {
        try (PagesOnTrial site = PagesOnTrial.open()) {
            Subscriber reader = site.reader("reader@naver.com");
            String link = site.link(Purpose.UNSUBSCRIBE, reader) + slash;
            HttpResponse<String> answer =
                    site.postAs(type.isEmpty() ? "text/plain" : type, link, body, "X-Odd", "null");
            assertPlainAnswer(answer);
            assertThat(site.state(reader, site.weekly)).isEqualTo(SubscriptionState.UNSUBSCRIBED);
        }
    }

    @Test
    void openingTheLinkAHundredTimesChangesNothing() {
        try (PagesOnTrial site = PagesOnTrial.open()) {
            Subscriber reader = site.reader("reader@naver.com");
            String link = site.link(Purpose.UNSUBSCRIBE, reader);
            for (int i = 0; i < 50; i++) {
                assertThat(site.get(link + "?action=unsubscribe&List-Unsubscribe=One-Click")
                                .statusCode())
                        .isEqualTo(200);
                assertThat(site.head(link).statusCode()).isEqualTo(200);
            }
            assertThat(site.state(reader, site.weekly)).isEqualTo(SubscriptionState.ACTIVE);
            assertThat(site.outbox()).isEmpty();
        }
    }

    @Test
    void thePageSaysWhoInBothLanguagesWithoutTheWholeAddress() {
        try (PagesOnTrial site = PagesOnTrial.open()) {
            Subscriber reader = site.reader("haneul@naver.com");
            HttpResponse<String> page = site.get(site.link(Purpose.UNSUBSCRIBE, reader));
            assertThat(page.body())
                    .contains("수신거부 / Unsubscribe", reader.address().masked(), "AI 주간 브리핑", "전달받은 메일")
                    .doesNotContain("haneul@naver.com", "<script");
            assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
            assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
            assertThat(page.headers().firstValue("X-Robots-Tag")).contains("noindex");
            assertThat(page.headers().firstValue("Content-Security-Policy"))
                    .hasValueSatisfying(
                            policy -> assertThat(policy).contains("default-src 'none'", "style-src 'sha256-"));
        }
    }

    @Test
    void aRefusalCanBeTakenBackAndThenIsNotReported() {
        try (PagesOnTrial site = PagesOnTrial.open()) {
            Subscriber reader = site.reader("reader@naver.com");
            String link = site.link(Purpose.UNSUBSCRIBE, reader);
            assertThat(site.post(link, "action=unsubscribe").body()).contains("value=\"undo\"");
            assertThat(site.post(link, "action=undo").body()).contains("취소했습니다");
            assertThat(site.state(reader, site.weekly)).isEqualTo(SubscriptionState.ACTIVE);
            assertThat(site.outbox()).containsExactly("refusal reader@naver.com skipped");
        }
    }

    @Test
    void allNewslettersCanBeRefusedAtOnce() {
        try (PagesOnTrial site = PagesOnTrial.open()) {
            Subscriber reader = site.reader("reader@naver.com");
            site.reader("reader@naver.com", site.monthly);
            String link = site.link(Purpose.UNSUBSCRIBE, reader);
            assertThat(site.get(link).body()).contains("value=\"all\"");
            site.post(link, "action=all");
            assertThat(site.state(reader, site.weekly)).isEqualTo(SubscriptionState.UNSUBSCRIBED);
            assertThat(site.state(reader, site.monthly)).isEqualTo(SubscriptionState.UNSUBSCRIBED);
        }
    }

    @Test
    void linksThatAreNotGenuineGetTheSameNeutralPage() {
        try (PagesOnTrial site = PagesOnTrial.open()) {
            Subscriber reader = site.reader("reader@naver.com");
            String genuine = site.link(Purpose.UNSUBSCRIBE, reader);
            char last = genuine.charAt(genuine.length() - 1);
            String altered = genuine.substring(0, genuine.length() - 1) + (last == 'a' ? 'b' : 'a');
            String otherPurpose = "/u/" + site.link(Purpose.PREFERENCES, reader).substring(3);
            String nothing = site.get("/u/nothing").body();
            assertThat(site.get("/u/nothing").statusCode()).isEqualTo(404);
            assertThat(site.get(altered).body()).isEqualTo(nothing);
            assertThat(site.get(otherPurpose).body()).isEqualTo(nothing);
            assertThat(site.post(altered, ONE_CLICK).statusCode()).isEqualTo(404);
            assertThat(site.state(reader, site.weekly)).isEqualTo(SubscriptionState.ACTIVE);
        }
    }

    @Test
    void aGenuineLinkWorksForSomeoneThisDatabaseDoesNotKnow() {
        try (PagesOnTrial site = PagesOnTrial.open()) {
            String stranger = "/u/" + site.tokens.seal(Purpose.UNSUBSCRIBE, site.weekly.publicId(), 5, 99);
            String lostNewsletter = "/u/" + site.tokens.seal(Purpose.UNSUBSCRIBE, 4711, 5, 99);
            assertThat(site.get(stranger).body()).contains("수신거부 / Unsubscribe");
            assertPlainAnswer(site.post(stranger, ONE_CLICK));
            assertPlainAnswer(site.post(lostNewsletter, ONE_CLICK));
            assertThat(site.database
                            .jdbi()
                            .<Integer, RuntimeException>withHandle(
                                    handle -> handle.createQuery("select count(*) from orphan_refusal")
                                            .mapTo(Integer.class)
                                            .one()))
                    .isEqualTo(2);
        }
    }

    @Test
    void aTestMailsLinkShowsThePageAndChangesNothing() {
        try (PagesOnTrial site = PagesOnTrial.open()) {
            Subscriber reader = site.reader("reader@naver.com");
            String link = "/u/" + site.tokens.seal(Purpose.TEST, site.weekly.publicId(), 0, reader.publicId());
            assertThat(site.get(link).body()).contains("시험 발송");
            assertPlainAnswer(site.post(link, ONE_CLICK));
            assertThat(site.state(reader, site.weekly)).isEqualTo(SubscriptionState.ACTIVE);
        }
    }
}
