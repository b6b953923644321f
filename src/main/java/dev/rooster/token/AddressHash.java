package dev.rooster.token;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * The keyed hash by which an address is remembered after the address itself is gone. Its key is never rotated: the
 * hashes of the past could not be made again. Thread-safe.
 */
public final class AddressHash {
    private static final int HASH_BYTES = 16;
    private final HmacKey key;

    AddressHash(HmacKey key) {
        this.key = key;
    }

    /**
     * 128 bits as 32 lower-case hex digits.
     *
     * @param addressKey {@code EmailAddress.key()}, never an address as typed
     */
    public String of(String addressKey) {
        byte[] mac = key.mac((byte) 3, addressKey.getBytes(StandardCharsets.UTF_8), new byte[0]);
        return HexFormat.of().formatHex(mac, 0, HASH_BYTES);
    }

    /** The public id of a subscriber whose row is made now: the first 64 bits of a hash. */
    public static long publicId(String hash) {
        if (hash.length() != HASH_BYTES * 2) {
            throw new IllegalArgumentException("an address hash has 32 hex digits");
        }
        return Long.parseUnsignedLong(hash.substring(0, 16), 16);
    }
}
