package dev.rooster.mail.hook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What the checks share. */
final class Signatures {
    private static final String HMAC_SHA256 = "HmacSHA256";

    private Signatures() {}

    /** RFC 2104 with SHA-256 over the parts in a row. */
    static byte[] hmac(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(HMAC_SHA256);
            mac.init(new SecretKeySpec(key, HMAC_SHA256));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA-256", e);
        }
    }

    /** Compares in a time that tells nothing about either, not even a secret's length. */
    static boolean same(String secret, String given) {
        return MessageDigest.isEqual(digest(secret), digest(given));
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Whether seconds since 1970, as a text, are at most a window away from now. */
    static boolean isFresh(String seconds, Duration window, Instant now) {
        if (!seconds.matches("[0-9]{9,11}")) {
            return false;
        }
        return Duration.between(Instant.ofEpochSecond(Long.parseLong(seconds)), now)
                        .abs()
                        .compareTo(window)
                <= 0;
    }
}
