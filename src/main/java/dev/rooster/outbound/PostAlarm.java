package dev.rooster.outbound;

import dev.rooster.notice.AlarmRoad;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Posts an alarm to an address as a short JSON object: {@code text} holds all in words, as chat programs read it;
 * {@code newsletter}, {@code subject}, {@code body} and {@code at} hold the parts. Follows no redirect. Thread-safe.
 */
public final class PostAlarm implements AlarmRoad {
    private static final Logger LOG = LoggerFactory.getLogger(PostAlarm.class);
    private static final int BODY_CHARS_MAX = 1_500;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final URI url;
    private final ShortAnswer client;

    /** @param timeout for connecting and for the whole answer */
    public PostAlarm(URI url, Duration timeout) {
        this.url = url;
        this.client = new ShortAnswer(timeout);
    }

    @Override
    public boolean tell(String newsletter, String subject, String body, Instant at) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString(json(newsletter, subject, body, at), StandardCharsets.UTF_8));
        try {
            int status = client.status(request);
            if (status / 100 != 2) {
                LOG.warn("{} answers an alarm with {}", url.getHost(), status);
            }
            return status / 100 == 2;
        } catch (IOException e) {
            LOG.warn("{} takes no alarm: {}", url.getHost(), e.toString());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String json(String newsletter, String subject, String body, Instant at) {
        String cut = body.length() <= BODY_CHARS_MAX ? body : body.substring(0, BODY_CHARS_MAX) + "…";
        Map<String, String> json = new LinkedHashMap<>();
        json.put("text", "Rooster" + (newsletter.isEmpty() ? "" : " · " + newsletter) + ": " + subject + "\n\n" + cut);
        json.put("newsletter", newsletter);
        json.put("subject", subject);
        json.put("body", cut);
        json.put("at", at.toString());
        return JSON.writeValueAsString(json);
    }
}
