package dev.rooster.outbound;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * Asks one address and looks at nothing but the status. The time-out holds for connecting and for the head of the answer; of
 * what follows nothing is read, so an answer without end costs neither time nor memory. Follows no redirect. Thread-safe.
 */
final class ShortAnswer {
    private final Duration timeout;
    private final HttpClient client;

    ShortAnswer(Duration timeout) {
        this.timeout = timeout;
        this.client = HttpClient.newBuilder()
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** The status of the answer. */
    int status(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer =
                client.send(request.timeout(timeout).build(), HttpResponse.BodyHandlers.ofInputStream());
        answer.body().close(); // gives the rest up
        return answer.statusCode();
    }
}
