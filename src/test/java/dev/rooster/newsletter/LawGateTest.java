package dev.rooster.newsletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.language.Language;
import dev.rooster.language.Messages;
import dev.rooster.mail.EmailAddress;
import dev.rooster.newsletter.LawGate.Missing;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LawGateTest {

    private static final URI PUBLIC = URI.create("https://news.rooster.dev");
    private static final Identity COMPLETE =
            new Identity("루스터", "hello@rooster.dev", "02-1234-5678", "서울특별시 종로구 세종대로 1");

    private static NewsletterSettings settings(String from, Identity identity) {
        return new NewsletterSettingsBuilder("ai-weekly", "AI", EmailAddress.of(from), SlotRule.of("WED 07:00"))
                .identity(identity)
                .build();
    }

    @Test
    void aCompleteNewsletterMaySend() {
        assertThat(LawGate.missing(settings("hello@rooster.dev", COMPLETE), PUBLIC, false))
                .isEmpty();
    }

    @Test
    void everythingThatIsMissingIsNamedAtOnce() {
        assertThat(LawGate.missing(settings("hello@news.example.com", Identity.NONE), null, false))
                .containsExactly(Missing.values());
    }

    @Test
    void placeholdersCountAsMissing() {
        Identity placeholders =
                new Identity("CHANGE-ME", "change-me@example.org", "CHANGE-ME-0000", "change-me, street");

        assertThat(LawGate.missing(settings("hello@rooster.dev", placeholders), PUBLIC, false))
                .containsExactly(Missing.NAME, Missing.EMAIL, Missing.PHONE, Missing.ADDRESS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://news.rooster.dev",
                "https://localhost:8080",
                "https://127.0.0.1",
                "https://news.example.com",
                "https://change-me.kr",
                "mailto:a@rooster.dev"
            })
    void anAddressThatReadersCannotOpenIsNoPublicAddress(String url) {
        assertThat(LawGate.missing(settings("hello@rooster.dev", COMPLETE), URI.create(url), false))
                .containsExactly(Missing.PUBLIC_URL);
    }

    @Test
    void onLoopbackNothingLeavesSoNothingIsAsked() {
        assertThat(LawGate.missing(settings("hello@news.example.com", Identity.NONE), null, true))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Missing.class)
    void eachIsSaidWithTheSettingThatMendsIt(Missing missing) {
        for (Language language : Language.values()) {
            assertThat(Messages.of(LawGate.class, language).text("law-gate." + missing, "ai-weekly"))
                    .matches("(newsletters\\.ai-weekly\\.|public-url).+");
        }
    }
}
