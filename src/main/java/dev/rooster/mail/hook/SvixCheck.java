package dev.rooster.mail.hook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/**
 * The signature of Svix, by which Resend sends: HMAC-SHA-256 over id, timestamp and body, parted by dots. A request may carry
 * several signatures, while a secret is replaced.
 */
public final class SvixCheck implements HookCheck {
    private static final String PREFIX = "whsec_";
    private static final int SIGNATURES_MAX = 10;

    private final List<byte[]> keys;
    private final Duration window;

    /**
     * @param secrets as Svix shows them, base64, with or without {@code whsec_} before
     * @throws IllegalArgumentException when one is no such secret
     */
    public SvixCheck(List<String> secrets, Duration window) {
        this.keys = secrets.stream().map(SvixCheck::key).toList();
        this.window = window;
    }

    private static byte[] key(String secret) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : secret);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a secret is whsec_ and base64", e);
        }
        if (key.length < 16) {
            throw new IllegalArgumentException("a secret is whsec_ and at least 16 bytes in base64");
        }
        return key;
    }

    @Override
    public Checked check(HookRequest request, Instant now) {
        String id = request.header("svix-id");
        String timestamp = request.header("svix-timestamp");
        if (id.isEmpty() || !Signatures.isFresh(timestamp, window, now)) {
            return new Checked.Refused();
        }
        boolean genuine = false;
        for (byte[] key : keys) {
            byte[] mac = Signatures.hmac(key, (id + "." + timestamp + ".").getBytes(UTF_8), request.body());
            String mine = "v1," + Base64.getEncoder().encodeToString(mac);
            for (String given : request.header("svix-signature").split(" ", SIGNATURES_MAX + 1)) {
                genuine |= Signatures.same(mine, given);
            }
        }
        return genuine ? new Checked.Genuine(request.body(), null) : new Checked.Refused();
    }
}
