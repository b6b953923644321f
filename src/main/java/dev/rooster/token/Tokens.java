package dev.rooster.token;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Makes and opens tokens. New ones are made with the newest key unless another is asked for; old keys open for ever, because a
 * link that was ever mailed must keep working. Immutable and thread-safe.
 */
public final class Tokens {
    private static final int FORMAT = 1;
    private static final int HEADER_BYTES = 2;
    private static final int TAG_BYTES = 16;
    /** No token is longer than this; a longer text is refused before it is decoded. */
    private static final int TEXT_LENGTH_MAX = 68;

    private final TreeMap<Integer, HmacKey> keys;
    private final int sealingKey;

    /**
     * @param keys secrets by key id, 1–255; the highest id is the newest
     */
    Tokens(Map<Integer, HmacKey> keys) {
        this(new TreeMap<>(keys), newest(keys));
    }

    private Tokens(TreeMap<Integer, HmacKey> keys, int sealingKey) {
        this.keys = keys;
        this.sealingKey = sealingKey;
    }

    private static int newest(Map<Integer, HmacKey> keys) {
        return keys.keySet().stream()
                .max(Integer::compare)
                .orElseThrow(() -> new IllegalArgumentException("tokens need at least one key"));
    }

    /** The id of the key that makes new tokens, 1–255. */
    public int keyId() {
        return sealingKey;
    }

    /**
     * The same keys, making new tokens with one of them that need not be the newest.
     *
     * @throws IllegalStateException when it is not there: the file of keys is older than what was made with it
     */
    public Tokens withKey(int id) {
        if (!keys.containsKey(id)) {
            throw new IllegalStateException("there is no token key " + id + " in data/keys/" + KeyRing.TOKENS_FILE
                    + ", but it was in use; bring the newer file back");
        }
        return id == sealingKey ? this : new Tokens(keys, id);
    }

    /**
     * A token: 68 characters, or 55 for the compact purposes; always the same for the same ids and key.
     *
     * @throws IllegalArgumentException when a compact purpose is given a newsletter
     */
    public String seal(Purpose purpose, long newsletter, long edition, long subscriber) {
        if (purpose.isCompact() && newsletter != 0) {
            throw new IllegalArgumentException(purpose + " carries no newsletter");
        }
        HmacKey key = keys.get(sealingKey);
        byte[] ids = idBytes(purpose, newsletter, edition, subscriber);
        byte[] header = {(byte) (FORMAT << 4 | purpose.code()), (byte) sealingKey};
        byte[] tag = tag(key, header, ids);
        mask(key, tag, ids);
        byte[] whole = new byte[HEADER_BYTES + ids.length + TAG_BYTES];
        System.arraycopy(header, 0, whole, 0, HEADER_BYTES);
        System.arraycopy(ids, 0, whole, HEADER_BYTES, ids.length);
        System.arraycopy(tag, 0, whole, HEADER_BYTES + ids.length, TAG_BYTES);
        return Base32.encode(whole);
    }

    /** What a token says; empty when it was not made here, was altered, or is no token. Upper case is accepted. */
    public Optional<Token> open(String text) {
        if (text == null || text.length() > TEXT_LENGTH_MAX) {
            return Optional.empty();
        }
        byte[] whole = Base32.decode(text);
        if (whole == null || whole.length < HEADER_BYTES || (whole[0] & 0xFF) >> 4 != FORMAT) {
            return Optional.empty();
        }
        Purpose purpose = Purpose.ofCode(whole[0] & 15);
        HmacKey key = keys.get(whole[1] & 0xFF);
        if (purpose == null || key == null || whole.length != HEADER_BYTES + idLength(purpose) + TAG_BYTES) {
            return Optional.empty();
        }
        byte[] header = Arrays.copyOf(whole, HEADER_BYTES);
        byte[] ids = Arrays.copyOfRange(whole, HEADER_BYTES, HEADER_BYTES + idLength(purpose));
        byte[] tag = Arrays.copyOfRange(whole, HEADER_BYTES + ids.length, whole.length);
        mask(key, tag, ids);
        // Constant time: how long it takes must not tell how much of a guess was right.
        if (!MessageDigest.isEqual(tag, tag(key, header, ids))) {
            return Optional.empty();
        }
        ByteBuffer fields = ByteBuffer.wrap(ids);
        long newsletter = purpose.isCompact() ? 0 : fields.getLong();
        return Optional.of(new Token(purpose, newsletter, fields.getLong(), fields.getLong()));
    }

    private static int idLength(Purpose purpose) {
        return (purpose.isCompact() ? 2 : 3) * Long.BYTES;
    }

    private static byte[] idBytes(Purpose purpose, long newsletter, long edition, long subscriber) {
        ByteBuffer fields = ByteBuffer.allocate(idLength(purpose));
        if (!purpose.isCompact()) {
            fields.putLong(newsletter);
        }
        return fields.putLong(edition).putLong(subscriber).array();
    }

    private static byte[] tag(HmacKey key, byte[] header, byte[] ids) {
        return Arrays.copyOf(key.mac((byte) 1, header, ids), TAG_BYTES);
    }

    /** Masks or unmasks in place; the tag is the nonce, and differs for every token. */
    private static void mask(HmacKey key, byte[] tag, byte[] ids) {
        byte[] stream = key.mac((byte) 2, tag, new byte[0]);
        for (int i = 0; i < ids.length; i++) {
            ids[i] ^= stream[i];
        }
    }
}
