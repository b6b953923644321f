package dev.rooster.mail.hook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/**
 * The generic hook: {@code Rooster-Timestamp} in seconds since 1970, and in {@code Rooster-Signature} {@code v1=} and the
 * hexadecimal HMAC-SHA-256 over timestamp, a dot and the body. Several signatures may stand there, parted by commas.
 */
public final class GenericCheck implements HookCheck {
    private final List<String> secrets;
    private final Duration window;

    public GenericCheck(List<String> secrets, Duration window) {
        this.secrets = List.copyOf(secrets);
        this.window = window;
    }

    @Override
    public Checked check(HookRequest request, Instant now) {
        String timestamp = request.header("rooster-timestamp");
        if (!Signatures.isFresh(timestamp, window, now)) {
            return new Checked.Refused();
        }
        boolean genuine = false;
        for (String secret : secrets) {
            String mine = "v1=" + sign(secret, timestamp, request.body());
            for (String given : request.header("rooster-signature").split(",", 6)) {
                genuine |= Signatures.same(mine, given.strip());
            }
        }
        return genuine ? new Checked.Genuine(request.body(), null) : new Checked.Refused();
    }

    /** The hexadecimal signature, for whoever sends. */
    public static String sign(String secret, String timestamp, byte[] body) {
        return HexFormat.of()
                .formatHex(Signatures.hmac(secret.getBytes(UTF_8), (timestamp + ".").getBytes(UTF_8), body));
    }
}
