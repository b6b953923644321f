package dev.rooster.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rooster.inbox.MailboxLogin;
import dev.rooster.inbox.MailboxSettings;
import dev.rooster.oauth.OAuthSettings;
import dev.rooster.smtp.RelayLogin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginSectionTest {
    private static final String ENDPOINT = "token-endpoint: https://oauth2.example/token";

    @TempDir
    Path home;

    private Settings load(String relay, String mailbox, Map<String, String> environment) throws SettingsProblem {
        String text = """
                newsletters: { ai-weekly: { name: AI, from: a@b.kr, slot: WED 07:00 } }
                relays: { default: { host: 127.0.0.1%s } }
                mailboxes: { bounces: { host: imap.example, username: b@b.kr%s } }
                """.formatted(relay, mailbox);
        try {
            Files.createDirectories(home.resolve("config"));
            Files.writeString(home.resolve(Settings.FILE), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Settings.load(home, environment);
    }

    private MailboxSettings mailbox(String more) throws SettingsProblem {
        return load("", more, Map.of()).mailboxes().get("bounces");
    }

    private String fault(String relay, String mailbox) {
        SettingsProblem problem = catchThrowableOfType(SettingsProblem.class, () -> load(relay, mailbox, Map.of()));
        assertThat(problem.faults()).hasSize(1);
        return problem.faults().get(0).toString();
    }

    @Test
    void aPasswordAnAccessTokenAndARefreshTokenAreToldApart() throws Exception {
        assertThat(mailbox(", password: x").login()).isEqualTo(new MailboxLogin.Password("x"));
        assertThat(mailbox(", password: x").idle()).isTrue();
        assertThat(mailbox(", password: x, idle: false").idle()).isFalse();
        assertThat(mailbox(", password: x, oauth: true").login()).isEqualTo(new MailboxLogin.AccessToken("x"));
        URI endpoint = URI.create("https://oauth2.example/token");
        assertThat(mailbox(", " + ENDPOINT + ", client-id: i, client-secret: s, refresh-token: r, scope: m")
                        .login())
                .isEqualTo(new MailboxLogin.Refreshed(new OAuthSettings(endpoint, "i", "s", "r", null, "m")));
        assertThat(mailbox(", " + ENDPOINT + ", client-id: i, refresh-token-file: data/keys/mail")
                        .login())
                .isEqualTo(new MailboxLogin.Refreshed(
                        new OAuthSettings(endpoint, "i", null, null, home.resolve("data/keys/mail"), null)));
    }

    @Test
    void secretsComeFromTheEnvironmentToo() throws Exception {
        Settings settings = load(
                ", username: news, " + ENDPOINT + ", client-id: i",
                ", " + ENDPOINT + ", client-id: i",
                Map.of(
                        "ROOSTER_MAILBOXES_BOUNCES_REFRESH_TOKEN", "r1",
                        "ROOSTER_RELAYS_DEFAULT_REFRESH_TOKEN", "r2",
                        "ROOSTER_RELAYS_DEFAULT_CLIENT_SECRET", "s"));
        RelayLogin relay = settings.relays().get("default").login();
        assertThat(relay.mechanism()).isEqualTo(RelayLogin.Mechanism.XOAUTH2);
        assertThat(relay.oauth().refreshToken()).isEqualTo("r2");
        assertThat(relay.oauth().clientSecret()).isEqualTo("s");
        assertThat(settings.toString()).doesNotContain("r1", "r2");
    }

    @Test
    void whatIsMissingOrContradictsItselfIsOneFault() {
        assertThat(fault("", "")).contains("mailboxes.bounces.password");
        assertThat(fault("", ", " + ENDPOINT + ", refresh-token: r")).contains("client-id");
        assertThat(fault("", ", " + ENDPOINT + ", client-id: i")).contains("refresh-token");
        assertThat(fault("", ", " + ENDPOINT + ", client-id: i, refresh-token: r, refresh-token-file: f"))
                .contains("refresh-token");
        assertThat(fault("", ", client-id: i, refresh-token: hunter2"))
                .contains("token-endpoint")
                .doesNotContain("hunter2");
        assertThat(fault("", ", password: hunter2, " + ENDPOINT + ", client-id: i, refresh-token: r"))
                .contains("password")
                .doesNotContain("hunter2");
        assertThat(fault("", ", token-endpoint: http://oauth2.example/, client-id: i, refresh-token: r"))
                .contains("token-endpoint", "http://oauth2.example/", "https://");
        assertThat(fault(", username: news", ", password: x")).contains("relays.default.password");
        assertThat(fault(", username: news, " + ENDPOINT + ", client-id: i", ", password: x"))
                .contains("relays.default.refresh-token");
    }
}
