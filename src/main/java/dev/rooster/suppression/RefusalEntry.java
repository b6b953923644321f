package dev.rooster.suppression;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * One line of the refusal log.
 *
 * @param newsletterPublicId the newsletter's public id (row ids differ between databases); 0: all newsletters
 * @param addressHash keyed hash of the address, 32 hex digits; for a link of a person this database does not know, the 16
 *     digits of the public id, which are the hash's first
 */
public record RefusalEntry(Instant at, long newsletterPublicId, String addressHash, Kind kind) {
    /** What happened. */
    public enum Kind {
        REFUSED,
        COMPLAINED,
        SUPPRESSED,
        ERASED,
        /** A refusal was taken back, by the person or by an operator. */
        LIFTED
    }

    String line() {
        return at + " " + HexFormat.of().toHexDigits(newsletterPublicId) + " " + addressHash + " "
                + kind.name().toLowerCase(Locale.ROOT);
    }

    static Optional<RefusalEntry> parse(String line) {
        String[] parts = line.split(" ");
        if (parts.length != 4 || !parts[2].matches("[0-9a-f]{16}|[0-9a-f]{32}")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new RefusalEntry(
                    Instant.parse(parts[0]),
                    HexFormat.fromHexDigitsToLong(parts[1]),
                    parts[2],
                    Kind.valueOf(parts[3].toUpperCase(Locale.ROOT))));
        } catch (DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
