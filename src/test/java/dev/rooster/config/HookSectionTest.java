package dev.rooster.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rooster.language.Language;
import dev.rooster.mail.event.Provider;
import dev.rooster.web.HookSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HookSectionTest {
    private static final String MINIMAL = """
            newsletters: { ai-weekly: { name: AI, from: a@b.kr, slot: WED 07:00 } }
            relays: { default: { host: 127.0.0.1 } }
            """;
    private static final String TOPIC = "arn:aws:sns:ap-northeast-2:123456789012:ses-events";
    private static final String P256 =
            "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE83T4O/n84iotIvIW4mdBgQ/7dAfSmpqIM8kF9mN1flpVKS3GR"
                    + "qe62gw+2fNNRaINXvVpiglSI8eNEc6wEA3F+g==";

    @TempDir
    Path home;

    private Settings load(String hooks, Map<String, String> environment) throws IOException, SettingsProblem {
        Files.createDirectories(home.resolve("config"));
        Files.writeString(home.resolve(Settings.FILE), MINIMAL + hooks);
        return Settings.load(home, environment);
    }

    private List<String> faults(String hooks) {
        return catchThrowableOfType(SettingsProblem.class, () -> load(hooks, Map.of())).faults().stream()
                .map(fault -> fault.text(Language.EN))
                .toList();
    }

    @Test
    void noneIsOnByDefault() throws Exception {
        assertThat(load("", Map.of()).hooks()).isEmpty();
        assertThat(load("hooks:\n", Map.of()).hooks()).isEmpty();
    }

    @Test
    void eachProviderIsReadWithItsDefaults() throws Exception {
        List<HookSettings> hooks = load("""
                        hooks:
                          postmark: { secret: a-password-of-ours }
                          mailgun: { secret: 0123456789abcdef0123456789abcdef, window: 8 h }
                          sendgrid: { secret: %s }
                          resend: { secret: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw }
                          ses: { topics: ["%s"] }
                        """.formatted(P256, TOPIC), Map.of()).hooks();
        assertThat(hooks)
                .extracting(HookSettings::provider)
                .containsExactly(Provider.POSTMARK, Provider.MAILGUN, Provider.SENDGRID, Provider.RESEND, Provider.SES);
        assertThat(hooks)
                .extracting(HookSettings::window)
                .containsExactly(
                        Duration.ofDays(7),
                        Duration.ofHours(8),
                        Duration.ofHours(26),
                        Duration.ofMinutes(5),
                        Duration.ofHours(2));
        assertThat(hooks.get(4).topics()).containsExactly(TOPIC);
        assertThat(hooks.get(0).toString()).doesNotContain("a-password-of-ours");
    }

    @Test
    void aSecretMayComeFromTheEnvironmentOrAFile() throws Exception {
        assertThat(load("", Map.of("ROOSTER_HOOKS_GENERIC_SECRET", "from-the-environment"))
                        .hooks())
                .singleElement()
                .satisfies(hook -> assertThat(hook.secrets()).containsExactly("from-the-environment"));
        Files.createDirectories(home.resolve("config"));
        Files.writeString(
                home.resolve("config/hook.secret"), "# new, then old\nthe-new-password-1\n\n the-old-password-1 \n");
        assertThat(load("hooks: { brevo: { secret-file: config/hook.secret } }", Map.of())
                        .hooks())
                .singleElement()
                .satisfies(
                        hook -> assertThat(hook.secrets()).containsExactly("the-new-password-1", "the-old-password-1"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            hooks: { mandrill: { secret: x } }                          | mandrill            | postmark
            hooks: { postmark: {} }                                     | hooks.postmark.secret | 16 characters
            hooks: { postmark: { secret: hunter2 } }                    | hooks.postmark.secret | 16 characters
            hooks: { postmark: { secret-file: config/none } }           | hooks.postmark.secret-file | readable file
            hooks: { resend: { secret: whsec_hunter2-is-not-base64 } }  | hooks.resend.secret | whsec_
            hooks: { sendgrid: { secret: hunter2hunter2hunter2 } }      | hooks.sendgrid.secret | verification key
            hooks: { ses: { secret: a-password-of-ours } }              | hooks.ses.topics    | arn:aws:sns
            hooks: { ses: { topics: [ses-events] } }                    | hooks.ses.topics    | arn:aws:sns
            hooks: { generic: { secret: a-password-of-ours, window: 9 d } } | hooks.generic.window | 7 d
            hooks: { generic: { secret: a-password-of-ours, topics: [] } } | hooks.generic.topics | is not a setting
            """)
    void aFaultNamesTheSettingAndNeverTheSecret(String hooks, String where, String expected) {
        assertThat(faults(hooks))
                .anySatisfy(fault -> assertThat(fault).contains(where, expected))
                .allSatisfy(fault -> assertThat(fault).doesNotContain("hunter2"));
    }

    @Test
    void aRelayIsAProvidersOnlyIfThatIsSaid() throws Exception {
        assertThat(load("", Map.of()).relays().get("default").provider()).isNull();
        assertThat(load("", Map.of("ROOSTER_SMTP_PROVIDER", "postmark"))
                        .relays()
                        .get("default")
                        .provider())
                .isEqualTo(Provider.POSTMARK);
        for (String odd : List.of("generic", "mandrill")) {
            SettingsProblem problem =
                    catchThrowableOfType(SettingsProblem.class, () -> load("", Map.of("ROOSTER_SMTP_PROVIDER", odd)));
            assertThat(problem.faults())
                    .singleElement()
                    .satisfies(fault -> assertThat(fault.text(Language.EN)).contains("PROVIDER", odd, "sparkpost"));
        }
    }
}
