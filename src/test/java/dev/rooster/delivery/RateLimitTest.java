package dev.rooster.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rooster.subscriber.MailboxProvider;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    @Test
    void aLimitIsReadAsItIsWritten() {
        assertThat(RateLimit.of("50/s")).isEqualTo(new RateLimit(50, RateLimit.Period.SECOND));
        assertThat(RateLimit.of(" 20_000 / H ")).isEqualTo(new RateLimit(20_000, RateLimit.Period.HOUR));
        for (String text : List.of("50/s", "600/m", "20000/h", "50000/d")) {
            assertThat(RateLimit.of(text)).hasToString(text);
        }
        for (String bad : List.of("", "50", "0/s", "-1/s", "50/w", "1e3/s", "9999999999/s", "1.5/s")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> RateLimit.of(bad))
                    .as(bad);
        }
    }

    @Test
    void everyKnownProviderHasAShippedRateWithItsReason() throws Exception {
        Map<String, List<RateLimit>> shipped = ShippedRates.byProvider();
        for (MailboxProvider provider : MailboxProvider.values()) {
            assertThat(shipped.get(provider.text()).isEmpty())
                    .as(provider.text())
                    .isEqualTo(provider == MailboxProvider.OTHER);
        }
        try (InputStream in = ShippedRates.class.getResourceAsStream("provider-rates.properties")) {
            List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            for (int i = 1; i < lines.size(); i++) {
                if (lines.get(i).contains(" = ")) {
                    assertThat(lines.get(i - 1)).as("reason of " + lines.get(i)).startsWith("# ");
                    assertThat(shipped).containsKey(lines.get(i).split("=")[0].strip());
                }
            }
        }
    }
}
