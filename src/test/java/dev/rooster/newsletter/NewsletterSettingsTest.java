package dev.rooster.newsletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rooster.language.Language;
import dev.rooster.mail.EmailAddress;
import java.time.Duration;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NewsletterSettingsTest {

    private static NewsletterSettingsBuilder minimal() {
        return new NewsletterSettingsBuilder(
                "ai-weekly", "AI 주간 편지", EmailAddress.of("hello@news.rooster.dev"), SlotRule.of("WED 07:00"));
    }

    @Test
    void everythingButNameTitleSenderAndSlotHasADefault() {
        NewsletterSettings settings = minimal().build();

        assertThat(settings.language()).isEqualTo(Language.KO);
        assertThat(settings.zone()).isEqualTo(ZoneId.of("Asia/Seoul"));
        assertThat(settings.fromName()).isEqualTo("AI 주간 편지");
        assertThat(settings.replyTo()).isNull();
        assertThat(settings.identity()).isEqualTo(Identity.NONE);
        assertThat(settings.brandLine()).isEqualTo("AI 주간 편지");
        assertThat(settings.slotLine()).isEqualTo("매주 수요일 오전 7시");
        assertThat(settings.feedbackAsk()).isEqualTo("오늘의 뉴스레터는 어떠셨나요?");
        assertThat(settings.bounceDomain()).isEqualTo("news.rooster.dev");
        assertThat(settings.bouncePrefix()).isEqualTo("b");
        assertThat(settings.listId()).isEqualTo("ai-weekly.news.rooster.dev");
        assertThat(settings.feedbackSenderId()).isEqualTo("newsroosterdev");
        assertThat(settings.catchUp()).isEqualTo(Duration.ofHours(3));
        assertThat(settings.expiry()).isEqualTo(Duration.ofHours(24));
        assertThat(settings.relay()).isEqualTo("default");
        assertThat(settings.pace()).hasMinutes(10);
        assertThat(settings.operators()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "a@b.kr, bkrrooster",
        "a@a-very-long-domain-name.example.com, averylongdomain",
    })
    void theDefaultSenderIdHasFiveToFifteenCharacters(String from, String senderId) {
        assertThat(new NewsletterSettingsBuilder("ai-weekly", "AI", EmailAddress.of(from), SlotRule.of("WED 07:00"))
                        .build()
                        .feedbackSenderId())
                .isEqualTo(senderId);
    }

    @Test
    void aValueThatCannotBeIsNamed() {
        assertThatThrownBy(() -> minimal().bouncePrefix("b+").build()).hasMessageContaining("bouncePrefix");
        assertThatThrownBy(() -> minimal().expiry(Duration.ZERO).build()).hasMessageContaining("expiry");
        assertThatThrownBy(() -> minimal().pace(Duration.ofDays(2)).build()).hasMessageContaining("pace");
        assertThatThrownBy(() -> minimal().feedbackSenderId("abc").build()).hasMessageContaining("feedbackSenderId");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "WED 07:00      | 매주 수요일 오전 7시       | Every Wednesday at 7:00 AM",
                "TUE,FRI 19:30  | 매주 화·금요일 오후 7시 30분 | Every Tuesday and Friday at 7:30 PM",
                "MON,TUE,WED,THU,FRI,SAT,SUN 00:00 | 매일 오전 12시 | Every day at 12:00 AM",
            })
    void aSlotIsSaidInWords(String rule, String korean, String english) {
        assertThat(SlotWords.of(SlotRule.of(rule), Language.KO)).isEqualTo(korean);
        assertThat(SlotWords.of(SlotRule.of(rule), Language.EN).replace('\u202f', ' '))
                .isEqualTo(english);
    }
}
