package dev.rooster.mail.dsn;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Breaks mails in every way a network and an attacker can: flipped bits, cut, spliced, repeated, nested, wrongly encoded,
 * wrongly labelled. The seed decides everything, so that a mail that does harm can be made again.
 */
final class MutateMail {
    private static final int BYTES_MAX = 1 << 20;
    private static final int NESTED_MAX = 40;

    /** What a parser might trip over, put anywhere. */
    private static final byte[][] TOKENS = Arrays.stream(new String[] {
                "\n\n",
                "\r",
                "\0\0\0",
                "--",
                "--=-7b/x",
                "--=-7b/x--",
                "=?utf-8?B?",
                "=?iso-2022-kr?Q?=1B=24=29C?=",
                "Content-Type: message/delivery-status\n\n",
                "Content-Type: message/feedback-report\n\n",
                "Content-Type: text/html; charset=ks_c_5601-1987\n",
                "Content-Type: text/plain; charset=utf-16\n",
                "Content-Type: multipart/mixed; boundary=\"\"\n",
                "Content-Transfer-Encoding: base64\n",
                "Content-Transfer-Encoding: quoted-printable\n",
                "Final-Recipient: rfc822;",
                "Final-Recipient: utf-8; \\x{110000}@x.example\n",
                "Action: ",
                "Status: 5.",
                "Diagnostic-Code: smtp; 550 5.1.1 ",
                "X-Failed-Recipients: ",
                "<a@example.org>: ",
                "\"@\"@[",
                ">>> DATA\n<<< 550 ",
                "From MAILER-DAEMON Wed Dec  2 07:00:00 2026\n",
                "------ Original message ------\n",
                "{\"notificationType\":\"Bounce\",\"mail\":{},\"bouncedRecipients\":[{\"emailAddress\":\"",
                "<table><tr><td><b><!--",
                "\u001b$B",
                "\u200b\ufeff\u202e"
            })
            .map(token -> token.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);

    private final List<byte[]> mails;

    /** @param mails what to begin with; not empty */
    MutateMail(List<byte[]> mails) {
        this.mails = List.copyOf(mails);
    }

    /** The mail of a seed. */
    byte[] of(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        byte[] mail = any(random).clone();
        int rounds = 1 + random.nextInt(6);
        for (int round = 0; round < rounds; round++) {
            mail = once(mail, any(random), random);
        }
        return mail;
    }

    private byte[] any(RandomGenerator random) {
        return mails.get(random.nextInt(mails.size()));
    }

    private static byte[] once(byte[] mail, byte[] other, RandomGenerator random) {
        if (mail.length == 0) {
            return other.clone();
        }
        int at = random.nextInt(mail.length);
        int end = Math.min(mail.length, at + 1 + random.nextInt(200));
        byte[] start = Arrays.copyOf(mail, at);
        byte[] slice = Arrays.copyOfRange(mail, at, end);
        byte[] rest = Arrays.copyOfRange(mail, end, mail.length);
        return switch (random.nextInt(14)) {
            case 0 -> {
                mail[at] ^= (byte) (1 << random.nextInt(8));
                yield mail;
            }
            case 1 -> {
                mail[at] = (byte) "\n\r\0=<>@:;\"?-. ".charAt(random.nextInt(14));
                yield mail;
            }
            case 2 -> start;
            case 3 -> join(start, Arrays.copyOfRange(other, random.nextInt(other.length + 1), other.length));
            case 4 -> join(start, rest);
            case 5 -> join(start, slice, slice, rest);
            case 6 -> nested("Content-Type: message/rfc822\n\n", mail, random);
            case 7 -> nested("Content-Type: multipart/report; boundary=\"=-7b/x\"\n\n--=-7b/x\n", mail, random);
            case 8 -> {
                random.nextBytes(slice);
                yield join(start, slice, rest);
            }
            case 9, 10 -> join(start, TOKENS[random.nextInt(TOKENS.length)], rest);
            case 11 -> join(start, Base64.getMimeEncoder().encode(slice), rest);
            case 12 -> join(start, other, rest);
            default -> random.nextInt(50) == 0 ? repeated(start, slice, rest, random) : join(rest, slice, start);
        };
    }

    private static byte[] nested(String head, byte[] mail, RandomGenerator random) {
        byte[] heads = head.repeat(random.nextInt(10) == 0 ? NESTED_MAX : 1).getBytes(StandardCharsets.UTF_8);
        return join(heads, mail);
    }

    /** A short piece many times over, up to a quarter of a megabyte: what makes a careless parser slow. */
    private static byte[] repeated(byte[] start, byte[] slice, byte[] rest, RandomGenerator random) {
        byte[] piece = Arrays.copyOf(slice, 1 + random.nextInt(slice.length));
        byte[] many = new byte[piece.length * Math.max(1, random.nextInt((1 << 18) / piece.length))];
        for (int i = 0; i < many.length; i++) {
            many[i] = piece[i % piece.length];
        }
        return join(start, many, rest);
    }

    private static byte[] join(byte[]... pieces) {
        int length = Math.min(
                BYTES_MAX, Arrays.stream(pieces).mapToInt(piece -> piece.length).sum());
        byte[] joined = new byte[length];
        int at = 0;
        for (byte[] piece : pieces) {
            int size = Math.min(piece.length, length - at);
            System.arraycopy(piece, 0, joined, at, size);
            at += size;
        }
        return joined;
    }
}
