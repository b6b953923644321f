package dev.rooster.oauth;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The access token of one login: asked for when it is first needed, kept until shortly before it ends, asked for again when a
 * server refuses it. Thread-safe; several threads ask the token endpoint once.
 */
public final class AccessTokens {
    /** A token this close to its end might end during the login. */
    private static final Duration MARGIN = Duration.ofMinutes(1);
    /** RFC 6749 §5.1 leaves the lifetime out if it is documented elsewhere; then it is asked for often. */
    private static final Duration LIFETIME_UNSAID = Duration.ofMinutes(5);

    private static final Duration LIFETIME_MAX = Duration.ofDays(1);
    /** After a failure the endpoint is left alone for so long, however many connections want a token. */
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(10);

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);
    private static final int ANSWER_BYTES_MAX = 64 * 1024;
    private static final int TOKEN_LENGTH_MAX = 16_384;
    private static final int WORDS_MAX = 200;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final OAuthSettings settings;
    private final InstantSource clock;
    private final RefreshToken refreshToken;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private String token;
    private Instant until = Instant.MIN;
    private TokenUnavailable failure;
    private Instant failedUntil = Instant.MIN;

    public AccessTokens(OAuthSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.refreshToken = new RefreshToken(settings);
    }

    /** A token that is good for at least a minute, as far as its issuer said. */
    public synchronized String current() throws TokenUnavailable {
        Instant now = clock.instant();
        if (token != null && now.isBefore(until)) {
            return token;
        }
        if (now.isBefore(failedUntil)) {
            throw failure;
        }
        try {
            fetch(now);
            return token;
        } catch (TokenUnavailable e) {
            failure = e;
            failedUntil = now.plus(PAUSE_AFTER_FAILURE);
            throw e;
        }
    }

    /** A server refused this token, so it is not used again. Nothing happens if another one took its place meanwhile. */
    public synchronized void refused(String used) {
        if (used.equals(token)) {
            token = null;
        }
    }

    private void fetch(Instant now) throws TokenUnavailable {
        String refresh = refreshToken.read();
        HttpResponse<InputStream> response = ask(refresh);
        JsonNode answer = read(response);
        if (response.statusCode() != 200) {
            throw refusal(response.statusCode(), answer, refresh);
        }
        String given = answer.path("access_token").asString("");
        if (!isToken(given)) {
            throw unavailable("answered without an access_token");
        }
        String exchanged = answer.path("refresh_token").asString("");
        if (!exchanged.isEmpty() && !exchanged.equals(refresh) && isToken(exchanged)) {
            refreshToken.replace(exchanged);
        }
        Duration lifetime = answer.path("expires_in").canConvertToLong()
                ? Duration.ofSeconds(Math.max(
                        0,
                        Math.min(
                                LIFETIME_MAX.toSeconds(),
                                answer.path("expires_in").asLong())))
                : LIFETIME_UNSAID;
        token = given;
        until = now.plus(lifetime).minus(MARGIN);
    }

    private HttpResponse<InputStream> ask(String refresh) throws TokenUnavailable {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "refresh_token");
        form.put("refresh_token", refresh);
        form.put("client_id", settings.clientId());
        if (settings.clientSecret() != null) {
            form.put("client_secret", settings.clientSecret());
        }
        if (settings.scope() != null) {
            form.put("scope", settings.scope());
        }
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest request = HttpRequest.newBuilder(settings.tokenEndpoint())
                .timeout(ANSWER_TIMEOUT)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw unavailable("can't be reached (" + e + ")");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("was not waited for");
        }
    }

    private JsonNode read(HttpResponse<InputStream> response) throws TokenUnavailable {
        try (InputStream in = response.body()) {
            return JSON.readTree(in.readNBytes(ANSWER_BYTES_MAX));
        } catch (JacksonException e) {
            throw unavailable("answered " + response.statusCode() + " and no JSON");
        } catch (IOException e) {
            throw unavailable("broke off its answer (" + e + ")");
        }
    }

    /** RFC 6749 §5.2; its description is for developers, and shown because operators have nothing better. */
    private TokenUnavailable refusal(int status, JsonNode answer, String refresh) {
        String words = answer.path("error").asString("") + " "
                + answer.path("error_description").asString("");
        String cleaned = words.replace(refresh, "***")
                .replaceAll("[\\p{Cntrl}\\s]+", " ")
                .strip();
        if (settings.clientSecret() != null) {
            cleaned = cleaned.replace(settings.clientSecret(), "***");
        }
        return unavailable(
                "refused (" + status + " " + cleaned.substring(0, Math.min(cleaned.length(), WORDS_MAX)) + ")");
    }

    private TokenUnavailable unavailable(String what) {
        return new TokenUnavailable(
                "the token endpoint " + settings.tokenEndpoint().getHost() + " " + what);
    }

    /** What can stand in a SASL response (RFC 6750 §2.1), and nothing that ends it. */
    static boolean isToken(String text) {
        return !text.isEmpty()
                && text.length() <= TOKEN_LENGTH_MAX
                && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }
}
