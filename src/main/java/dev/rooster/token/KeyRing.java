package dev.rooster.token;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The secret keys of an installation, in {@code data/keys}: {@code tokens.key}, one line {@code id hex} for each key
 * that was ever used, and {@code suppression.key}, one line. Files are 0600 in a folder 0700. They are no part of a
 * database backup: who has both could read the suppressed addresses back by guessing.
 *
 * <p>Keys are never made silently where some should be: without the old ones every link ever mailed would be dead and
 * every erased refusal forgotten. Immutable and thread-safe.
 */
public final class KeyRing {
    static final String TOKENS_FILE = "tokens.key";
    static final String SUPPRESSION_FILE = "suppression.key";
    private static final int KEY_ID_MAX = 255;

    private final Tokens tokens;
    private final AddressHash addressHash;

    private KeyRing(Map<Integer, HmacKey> tokenKeys, HmacKey suppressionKey) {
        this.tokens = new Tokens(tokenKeys);
        this.addressHash = new AddressHash(suppressionKey);
    }

    /** Whether any key file is there: {@link #create} would then refuse. */
    public static boolean exists(Path folder) {
        return files(folder).stream().anyMatch(Files::exists);
    }

    /** The files of a key ring in this folder, whether or not they are there. */
    public static List<Path> files(Path folder) {
        return List.of(folder.resolve(SUPPRESSION_FILE), folder.resolve(TOKENS_FILE));
    }

    /**
     * Makes the first keys of a new installation.
     *
     * @throws KeyRingProblem when there are keys already, or the folder cannot be written
     */
    public static KeyRing create(Path folder, SecureRandom random) {
        if (exists(folder)) {
            throw new KeyRingProblem(KeyRingProblem.Kind.EXISTS, folder, 0, null);
        }
        KeyFile.write(folder.resolve(SUPPRESSION_FILE), newSecret(random) + "\n");
        KeyFile.write(folder.resolve(TOKENS_FILE), "1 " + newSecret(random) + "\n");
        return open(folder);
    }

    /**
     * Reads the keys.
     *
     * @throws KeyRingProblem when a file is missing, unreadable or malformed
     */
    public static KeyRing open(Path folder) {
        return new KeyRing(readTokenKeys(folder), readSuppressionKey(folder));
    }

    /**
     * Adds a token key; tokens are made with it from now on, and the old ones still open.
     *
     * @throws KeyRingProblem when the keys cannot be read or written, or 255 have been used up
     */
    public static KeyRing rotateTokenKey(Path folder, SecureRandom random) {
        TreeMap<Integer, HmacKey> keys = readTokenKeys(folder);
        int id = keys.lastKey() + 1;
        Path file = folder.resolve(TOKENS_FILE);
        if (id > KEY_ID_MAX) {
            throw new KeyRingProblem(KeyRingProblem.Kind.FULL, file, 0, null);
        }
        String lines = String.join("\n", KeyFile.readLines(file)).strip();
        KeyFile.write(file, lines + "\n" + id + " " + newSecret(random) + "\n");
        return open(folder);
    }

    private static TreeMap<Integer, HmacKey> readTokenKeys(Path folder) {
        Path file = folder.resolve(TOKENS_FILE);
        TreeMap<Integer, HmacKey> keys = new TreeMap<>();
        int number = 0;
        for (String line : KeyFile.readLines(file)) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            String[] fields = line.strip().split(" +");
            if (fields.length != 2
                    || !fields[0].matches("[1-9][0-9]{0,2}")
                    || Integer.parseInt(fields[0]) > KEY_ID_MAX) {
                throw new KeyRingProblem(KeyRingProblem.Kind.MALFORMED, file, number, null);
            }
            if (keys.put(Integer.valueOf(fields[0]), secret(file, number, fields[1])) != null) {
                throw new KeyRingProblem(KeyRingProblem.Kind.MALFORMED, file, number, null);
            }
        }
        if (keys.isEmpty()) {
            throw new KeyRingProblem(KeyRingProblem.Kind.MALFORMED, file, 1, null);
        }
        return keys;
    }

    private static HmacKey readSuppressionKey(Path folder) {
        Path file = folder.resolve(SUPPRESSION_FILE);
        return secret(file, 1, String.join("", KeyFile.readLines(file)).strip());
    }

    private static HmacKey secret(Path file, int line, String hex) {
        if (!hex.matches("[0-9a-f]{" + HmacKey.BYTES * 2 + "}")) {
            throw new KeyRingProblem(KeyRingProblem.Kind.MALFORMED, file, line, null);
        }
        return new HmacKey(HexFormat.of().parseHex(hex));
    }

    private static String newSecret(SecureRandom random) {
        byte[] secret = new byte[HmacKey.BYTES];
        random.nextBytes(secret);
        return HexFormat.of().formatHex(secret);
    }

    public Tokens tokens() {
        return tokens;
    }

    public AddressHash addressHash() {
        return addressHash;
    }
}
