package dev.rooster.mail.dsn;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** Breaks mails in every way a network and an attacker can; {@code read} must let nothing escape. */
class BounceParserFuzzTest {
    private static final int SEEDS = 3_000;

    @Test
    void noBrokenMailThrows() {
        List<byte[]> mails = List.of(
                Mails.bytes(new Mails.Report()
                        .group("Final-Recipient: rfc822; a@example.org\nAction: failed\nStatus: 5.1.1\n")
                        .text()),
                Mails.bytes(Mails.daemon(
                        "failure notice", "<a@example.org>:\n550 5.1.1 user unknown\n\n" + Mails.RETURNED)),
                Mails.base64("postmaster@example.org", "반송", "euc-kr", "<a@example.org>\n없는 계정입니다.\n"),
                Mails.bytes("Subject: x\nContent-Type: text/html\n\n<p>Could not deliver to <b>a@example.org</b></p>"));
        for (int seed = 0; seed < SEEDS; seed++) {
            byte[] mail = mutate(mails, seed);
            assertThatCode(() -> BounceParser.standard().read(mail))
                    .as("seed %d", seed)
                    .doesNotThrowAnyException();
        }
    }

    /** Flips, cuts, splices, repeats and nests; the seed decides everything. */
    static byte[] mutate(List<byte[]> mails, long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        byte[] mail = mails.get(random.nextInt(mails.size())).clone();
        int rounds = 1 + random.nextInt(6);
        for (int round = 0; round < rounds; round++) {
            mail = mutateOnce(mail, mails.get(random.nextInt(mails.size())), random);
        }
        return mail;
    }

    private static byte[] mutateOnce(byte[] mail, byte[] other, RandomGenerator random) {
        if (mail.length == 0) {
            return other.clone();
        }
        int at = random.nextInt(mail.length);
        int length = Math.min(mail.length - at, 1 + random.nextInt(200));
        switch (random.nextInt(9)) {
            case 0 -> mail[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> mail[at] = (byte) "\n\r\0=<>@:;\"?-. ".charAt(random.nextInt(14));
            case 2 -> {
                return join(mail, 0, at, mail, at, 0);
            }
            case 3 -> {
                int from = random.nextInt(other.length);
                return join(mail, 0, at, other, from, other.length - from);
            }
            case 4 -> {
                return join(mail, 0, at, mail, at + length, mail.length - at - length);
            }
            case 5 -> {
                byte[] doubled = join(mail, 0, at + length, mail, at, length);
                return join(doubled, 0, doubled.length, mail, at + length, mail.length - at - length);
            }
            case 6 -> {
                byte[] head = Mails.bytes("Content-Type: message/rfc822\n\n");
                return join(head, 0, head.length, mail, 0, mail.length);
            }
            case 7 -> {
                byte[] head = Mails.bytes("Content-Type: multipart/report; boundary=\"=-7b/x\"\n\n--=-7b/x\n");
                return join(head, 0, head.length, mail, 0, mail.length);
            }
            default -> {
                for (int i = at; i < at + length; i++) {
                    mail[i] = (byte) random.nextInt(256);
                }
            }
        }
        return mail;
    }

    private static byte[] join(byte[] a, int aFrom, int aLength, byte[] b, int bFrom, int bLength) {
        byte[] joined = new byte[Math.min(aLength + bLength, 1 << 20)];
        System.arraycopy(a, aFrom, joined, 0, Math.min(aLength, joined.length));
        System.arraycopy(
                b, bFrom, joined, Math.min(aLength, joined.length), joined.length - Math.min(aLength, joined.length));
        return joined;
    }
}
