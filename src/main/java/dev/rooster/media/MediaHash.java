package dev.rooster.media;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** The name of a picture: the SHA-256 of its bytes as 64 lower-case hex digits. */
public record MediaHash(String hex) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    public MediaHash {
        if (!FORM.matcher(hex).matches()) {
            throw new IllegalArgumentException("a media hash is 64 lower-case hex digits, found: " + hex);
        }
    }

    /** The hash a text names, or empty when it has another form (a path typed by a stranger). */
    public static Optional<MediaHash> find(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new MediaHash(text)) : Optional.empty();
    }

    static MediaHash of(byte[] bytes) {
        try {
            return new MediaHash(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return hex;
    }
}
