package dev.rooster.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rooster.inbox.PeopleLimits;
import dev.rooster.inbox.ReceiverSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceiverSectionTest {
    @TempDir
    Path home;

    private Settings load(String receiver, Map<String, String> environment) throws SettingsProblem {
        String text = """
                newsletters: { ai-weekly: { name: AI, from: a@b.kr, slot: WED 07:00 } }
                relays: { default: { host: 127.0.0.1 } }
                receiver: { %s }
                """.formatted(receiver);
        try {
            Files.createDirectories(home.resolve("config"));
            Files.writeString(home.resolve(Settings.FILE), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Settings.load(home, environment);
    }

    @Test
    void thereIsNoneWithoutAPort() throws Exception {
        assertThat(load("host: 127.0.0.1", Map.of()).receiver()).isNull();
        assertThat(load("host: 127.0.0.1", Map.of()).unsubscribeByMail()).isFalse();
        assertThat(load("", Map.of("ROOSTER_RECEIVER_PORT", "2525")).receiver())
                .isEqualTo(ReceiverSettings.defaults(2525));
    }

    @Test
    void aPipeIsAWayInToo() throws Exception {
        assertThat(load("", Map.of("ROOSTER_BOUNCE_PIPE", "true")).unsubscribeByMail())
                .isTrue();
    }

    @Test
    void mailForPeopleHasLimits() throws Exception {
        assertThat(load("", Map.of()).people()).isEqualTo(PeopleLimits.defaults());
        assertThat(load(
                                "",
                                Map.of(
                                        "ROOSTER_MAIL_FOR_PEOPLE_MAILS", "20",
                                        "ROOSTER_MAIL_FOR_PEOPLE_BYTES", "2_000_000"))
                        .people())
                .isEqualTo(new PeopleLimits(20, 2_000_000));
        assertThatThrownBy(() -> load("", Map.of("ROOSTER_MAIL_FOR_PEOPLE_MAILS", "9")))
                .isInstanceOf(SettingsProblem.class);
    }

    @Test
    void everySettingIsRead() throws Exception {
        assertThat(load(
                                "host: 0.0.0.0, port: 25, name: bounce.b.kr, certificate: c.pem, private-key: k.pem,"
                                        + " connections: 7, mail-bytes: 1_000_000, silence: 30 s, lifetime: 5 m",
                                Map.of())
                        .receiver())
                .isEqualTo(new ReceiverSettings(
                        "0.0.0.0",
                        25,
                        "bounce.b.kr",
                        home.resolve("c.pem"),
                        home.resolve("k.pem"),
                        7,
                        1_000_000,
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(5)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "port: 70000 | receiver.port",
                "port: 25, host: mx.b.kr | receiver.host",
                "port: 25, certificate: c.pem | receiver.private-key",
                "port: 25, private-key: c.pem | receiver.certificate",
                "port: 25, mail-bytes: 10 | receiver.mail-bytes",
                "port: 25, silence: 1 s | receiver.silence",
                "port: 25, lifetime: 2 h | receiver.lifetime",
                "port: 25, connections: 0 | receiver.connections",
                "port: 25, name: a b | receiver.name",
                "prot: 25 | expected=port"
            })
    void whatIsWrongIsTold(String receiver, String words) {
        SettingsProblem problem = catchThrowableOfType(SettingsProblem.class, () -> load(receiver, Map.of()));
        assertThat(problem.faults()).singleElement().asString().contains(words);
    }
}
