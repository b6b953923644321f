package dev.rooster.mail.hook;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rooster.mail.event.JsonTree;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * Mailgun's signature: HMAC-SHA-256 over timestamp and token, all three within the body. It does not cover the event, so
 * whoever has seen one request could put another event beside its signature: each token is good for one body only, which
 * {@link Checked.Genuine#onceKey()} asks the caller to see to.
 */
public final class MailgunCheck implements HookCheck {
    private final List<String> keys;
    private final Duration window;

    public MailgunCheck(List<String> signingKeys, Duration window) {
        this.keys = List.copyOf(signingKeys);
        this.window = window;
    }

    @Override
    public Checked check(HookRequest request, Instant now) {
        JsonTree signature = JsonTree.parseFromStranger(request.body())
                .map(body -> body.at("signature"))
                .orElse(null);
        if (signature == null) {
            return new Checked.Refused();
        }
        String timestamp = signature.text("timestamp");
        String token = signature.text("token");
        String given = signature.text("signature");
        if (timestamp == null || token == null || given == null || !Signatures.isFresh(timestamp, window, now)) {
            return new Checked.Refused();
        }
        boolean genuine = false;
        for (String key : keys) {
            byte[] mac = Signatures.hmac(key.getBytes(UTF_8), (timestamp + token).getBytes(UTF_8));
            genuine |= Signatures.same(HexFormat.of().formatHex(mac), given.toLowerCase(Locale.ROOT));
        }
        return genuine ? new Checked.Genuine(request.body(), timestamp + " " + token) : new Checked.Refused();
    }
}
