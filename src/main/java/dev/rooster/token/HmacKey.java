package dev.rooster.token;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A 256-bit secret for HMAC-SHA-256. Thread-safe; never shows its bytes. */
final class HmacKey {
    static final int BYTES = 32;
    private final SecretKeySpec secret;

    HmacKey(byte[] secret) {
        if (secret.length != BYTES) {
            throw new IllegalArgumentException("a key has " + BYTES + " bytes, found " + secret.length);
        }
        this.secret = new SecretKeySpec(secret, "HmacSHA256");
    }

    /**
     * @param use keeps the uses of one key apart
     */
    byte[] mac(byte use, byte[] first, byte[] second) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(secret);
            mac.update(use);
            mac.update(first);
            mac.update(second);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 belongs to every Java platform", e);
        }
    }

    @Override
    public String toString() {
        return "HmacKey[secret]";
    }
}
