package dev.rooster.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.bounce.BounceSettings;
import dev.rooster.bounce.JdbiStopRequests;
import dev.rooster.bounce.StopLinks;
import dev.rooster.bounce.StopRequest;
import dev.rooster.bounce.TakeReturnedMail;
import dev.rooster.bounce.TellOfReturnedMail;
import dev.rooster.fixtures.Databases;
import dev.rooster.subscriber.Subscriber;
import dev.rooster.subscriber.SubscriptionState;
import dev.rooster.token.AddressHash;
import dev.rooster.token.Purpose;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StopPageTest {
    private static final String REFUSE = "action=refuse";
    private static final String DISMISS = "action=dismiss";

    /** Lists what this address wrote; the path of the operator's link. */
    static String listed(PagesOnTrial pages, String from) {
        return link(pages, letter(pages, from, "수신거부 부탁드려요 <b> kim@naver.com"), "desk@kkok.kr");
    }

    private static StopRequest letter(PagesOnTrial pages, String from, String words) {
        String mail = "From: " + from + "\r\nSubject: Re: news\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
                + words + "\r\n";
        TakeReturnedMail take = new TakeReturnedMail(
                pages.tokens,
                pages.subscribing,
                BounceSettings.defaults(),
                List.of(new TellOfReturnedMail(pages.notices, pages.newsletters, true)),
                new SecureRandom());
        return pages.database.jdbi().inTransaction(handle -> {
            take.take(handle, mail.getBytes(StandardCharsets.UTF_8), "test", pages.clock.instant());
            List<StopRequest> open = new JdbiStopRequests().open(handle, 100);
            return open.get(open.size() - 1);
        });
    }

    private static String link(PagesOnTrial pages, StopRequest letter, String operator) {
        long person = AddressHash.publicId(pages.keys.addressHash().of(operator));
        return "/a/" + pages.tokens.seal(Purpose.STOP_REQUEST, pages.weekly.publicId(), letter.publicId(), person);
    }

    @Test
    void openingTheLinkShowsTheLetterAndChangesNothing() {
        try (PagesOnTrial pages = PagesOnTrial.open()) {
            Subscriber kim = pages.reader("kim@naver.com");
            String link = listed(pages, "kim@naver.com");
            for (int i = 0; i < 3; i++) {
                HttpResponse<String> page = pages.get(link);
                assertThat(page.statusCode()).isEqualTo(200);
                assertThat(page.body())
                        .contains(
                                "수신거부 부탁드려요 &lt;b&gt;",
                                "k***@n***.com",
                                "desk@kkok.kr",
                                "1월 1일",
                                "<form method=\"post\">")
                        .doesNotContain("kim@naver.com");
                assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
                assertThat(page.headers().firstValue("Content-Security-Policy"))
                        .hasValueSatisfying(policy -> assertThat(policy).startsWith("default-src 'none'"));
            }
            assertThat(pages.get(link + "?lang=en").body()).contains("Unsubscribe this reader?");
            assertThat(pages.head(link).statusCode()).isEqualTo(200);
            assertThat(pages.post(link, "").body()).as("not a button of ours").contains("<form method=\"post\">");
            assertThat(pages.state(kim, pages.weekly)).isEqualTo(SubscriptionState.ACTIVE);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void onePressUnsubscribesAndTellsTheReader(Databases.Kind kind) {
        try (PagesOnTrial pages = PagesOnTrial.open(kind, Set.of())) {
            Subscriber kim = pages.reader("kim@naver.com");
            String link = listed(pages, "kim@naver.com");
            assertThat(pages.post(link, REFUSE).body()).contains("수신거부로 처리했습니다", "desk@kkok.kr");
            assertThat(pages.state(kim, pages.weekly)).isEqualTo(SubscriptionState.UNSUBSCRIBED);
            assertThat(pages.count("suppression")).isEqualTo(1);
            assertThat(pages.outbox()).contains("refusal kim@naver.com queued");
            assertThat(pages.nudges.get()).isEqualTo(1);
            assertThat(pages.post(link, REFUSE).body()).contains("이미 수신거부로 처리했습니다");
            assertThat(pages.post(link, DISMISS).body()).contains("이미 수신거부로 처리했습니다");
            assertThat(pages.get(link + "?lang=en").body())
                    .contains("Unsubscribed already")
                    .doesNotContain("<form");
            assertThat(pages.count("notice where kind = 'refusal'")).isEqualTo(1);
            assertThat(pages.count("stop_request where state = 'refused' and answered_by = 'desk@kkok.kr'"))
                    .isEqualTo(1);
        }
    }

    @Test
    void whatWasNoSuchWishIsPutAsideAndARefusalAfterItChangesNothing() {
        try (PagesOnTrial pages = PagesOnTrial.open()) {
            Subscriber kim = pages.reader("kim@naver.com");
            String link = listed(pages, "kim@naver.com");
            assertThat(pages.post(link, DISMISS).body()).contains("요청이 아닌 것으로 정리했습니다");
            assertThat(pages.post(link, REFUSE).body()).contains("이미 요청이 아닌 것으로 정리했습니다");
            assertThat(pages.state(kim, pages.weekly)).isEqualTo(SubscriptionState.ACTIVE);
        }
    }

    @Test
    void aStrangersLetterCanOnlyBePutAside() {
        try (PagesOnTrial pages = PagesOnTrial.open()) {
            String link = listed(pages, "stranger@naver.com");
            assertThat(pages.get(link).body()).contains("dismiss").doesNotContain("refuse");
            assertThat(pages.post(link, REFUSE).body()).contains("<form method=\"post\">");
            assertThat(pages.post(link, DISMISS).body()).contains("정리했습니다");
        }
    }

    @Test
    void whoeverLeftMeanwhileNeedsNoDecision() {
        try (PagesOnTrial pages = PagesOnTrial.open()) {
            Subscriber kim = pages.reader("kim@naver.com");
            String link = listed(pages, "kim@naver.com");
            pages.post(pages.link(Purpose.UNSUBSCRIBE, kim), "");
            assertThat(pages.get(link).body()).contains("이미 받지 않는 독자입니다").doesNotContain("<form");
        }
    }

    @Test
    void aLinkDecidesNothingAfterThirtyDays() {
        try (PagesOnTrial pages = PagesOnTrial.open()) {
            Subscriber kim = pages.reader("kim@naver.com");
            StopRequest letter = letter(pages, "kim@naver.com", "unsubscribe");
            StopLinks links = new StopLinks(URI.create("https://news.kkok.kr/"), pages.tokens, pages.newsletters);
            String link =
                    links.find(letter, pages.clock.instant()).orElseThrow().substring("https://news.kkok.kr".length());
            assertThat(pages.get(link).statusCode()).isEqualTo(200);
            pages.clock.advance(Duration.ofDays(30));
            assertThat(pages.get(link).statusCode()).isEqualTo(410);
            assertThat(pages.post(link, REFUSE).body()).contains("오래된 링크입니다", "1월 1일");
            assertThat(pages.state(kim, pages.weekly)).isEqualTo(SubscriptionState.ACTIVE);
            assertThat(links.find(letter, pages.clock.instant())).isEmpty();
        }
    }

    @Test
    void noOtherTokenAndNoFormerOperatorDecides() {
        try (PagesOnTrial pages = PagesOnTrial.open()) {
            Subscriber kim = pages.reader("kim@naver.com");
            StopRequest letter = letter(pages, "kim@naver.com", "unsubscribe");
            String former = link(pages, letter, "gone@kkok.kr");
            assertThat(pages.post(former, REFUSE).statusCode()).isEqualTo(404);
            String none = "/a/" + pages.tokens.seal(Purpose.STOP_REQUEST, pages.weekly.publicId(), 0, 0);
            assertThat(pages.get(none).statusCode()).isEqualTo(404);
            assertThat(pages.state(kim, pages.weekly)).isEqualTo(SubscriptionState.ACTIVE);
        }
    }
}
