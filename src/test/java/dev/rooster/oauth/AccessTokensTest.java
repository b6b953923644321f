package dev.rooster.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rooster.fixtures.SettableClock;
import dev.rooster.fixtures.TokenEndpoint;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class AccessTokensTest {
    private final SettableClock clock = SettableClock.at("2026-11-25T00:00:00Z");
    private final TokenEndpoint endpoint = new TokenEndpoint();

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        endpoint.close();
    }

    private AccessTokens tokens() {
        return new AccessTokens(
                new OAuthSettings(endpoint.uri(), "id 1", "s3cret", "refresh/1", null, "https://mail.example/"), clock);
    }

    @Test
    void aTokenIsAskedForOnceAndKeptUntilAMinuteBeforeItsEnd() throws TokenUnavailable {
        endpoint.gives("first").gives("second");
        AccessTokens tokens = tokens();
        assertThat(tokens.current()).isEqualTo("first");
        clock.advance(Duration.ofMinutes(58));
        assertThat(tokens.current()).isEqualTo("first");
        clock.advance(Duration.ofMinutes(1));
        assertThat(tokens.current()).isEqualTo("second");
        assertThat(endpoint.requests())
                .hasSize(2)
                .startsWith("grant_type=refresh_token&refresh_token=refresh%2F1&client_id=id+1&client_secret=s3cret"
                        + "&scope=https%3A%2F%2Fmail.example%2F");
    }

    @Test
    void aRefusedTokenIsNotUsedAgainAndTheOneAfterItIsKept() throws TokenUnavailable {
        endpoint.gives("first").gives("second").gives("third");
        AccessTokens tokens = tokens();
        assertThat(tokens.current()).isEqualTo("first");
        tokens.refused("first");
        assertThat(tokens.current()).isEqualTo("second");
        tokens.refused("first");
        assertThat(tokens.current()).isEqualTo("second");
    }

    @Test
    void aRefusalIsToldWithoutSecretsAndTheEndpointIsLeftAloneForAWhile() throws TokenUnavailable {
        endpoint.answers(
                        400, "{\"error\":\"invalid_grant\",\"error_description\":\"refresh/1 of s3cret\\nis revoked\"}")
                .gives("later");
        AccessTokens tokens = tokens();
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(tokens::current)
                    .isInstanceOf(TokenUnavailable.class)
                    .hasMessage("the token endpoint 127.0.0.1 refused (400 invalid_grant *** of *** is revoked)");
        }
        assertThat(endpoint.requests()).hasSize(1);
        clock.advance(Duration.ofSeconds(10));
        assertThat(tokens.current()).isEqualTo("later");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | <html>sign in</html> | no JSON",
                "200 | {\"token_type\":\"Bearer\"} | without an access_token",
                "200 | {\"access_token\":\"a\\r\\nb\"} | without an access_token",
                "302 | {} | refused (302",
                "500 | [] | refused (500"
            })
    void whatIsNoTokenIsNotUsed(int status, String body, String words) {
        endpoint.answers(status, body);
        assertThatThrownBy(tokens()::current)
                .isInstanceOf(TokenUnavailable.class)
                .hasMessageContaining(words);
    }

    @Test
    void nobodyThereIsToldAsSuch() {
        endpoint.close();
        assertThatThrownBy(tokens()::current)
                .isInstanceOf(TokenUnavailable.class)
                .hasMessageContaining("can't be reached");
    }

    @Test
    void anExchangedRefreshTokenIsWrittenToItsFile() throws Exception {
        Path file = folder.resolve("refresh");
        Files.writeString(file, " one\n");
        endpoint.answers(200, "{\"access_token\":\"a\",\"expires_in\":60,\"refresh_token\":\"two\"}");
        AccessTokens tokens = new AccessTokens(new OAuthSettings(endpoint.uri(), "id", null, null, file, null), clock);
        tokens.current();
        tokens.current();
        assertThat(Files.readString(file)).isEqualTo("two\n");
        assertThat(endpoint.requests())
                .containsExactly(
                        "grant_type=refresh_token&refresh_token=one&client_id=id",
                        "grant_type=refresh_token&refresh_token=two&client_id=id");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aMissingOrEmptyFileIsTold() throws Exception {
        Path file = folder.resolve("refresh");
        AccessTokens tokens = new AccessTokens(new OAuthSettings(endpoint.uri(), "id", null, null, file, null), clock);
        assertThatThrownBy(tokens::current).hasMessageContaining("can't be read");
        Files.writeString(file, "\n");
        clock.advance(Duration.ofMinutes(1));
        assertThatThrownBy(tokens::current).hasMessageContaining("holds no refresh token");
        assertThat(endpoint.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://tokens.example/t", "https://user@tokens.example/", "file:///etc/passwd", "/t"})
    void secretsAreSentToNobodyUnprotected(String endpoint) {
        assertThat(OAuthSettings.isProtected(URI.create(endpoint))).isFalse();
        assertThatThrownBy(() -> new OAuthSettings(URI.create(endpoint), "id", null, "r", null, null))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
