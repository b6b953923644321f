package dev.rooster.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TokensTest {
    private static final HmacKey FIRST = new HmacKey(bytes(1));
    private static final HmacKey SECOND = new HmacKey(bytes(2));
    private final Tokens tokens = new Tokens(Map.of(1, FIRST));

    @Property
    void whatIsSealedOpensAsTheSame(
            @ForAll Purpose purpose, @ForAll long newsletter, @ForAll long edition, @ForAll long subscriber) {
        Token token = new Token(purpose, purpose.isCompact() ? 0 : newsletter, edition, subscriber);
        String text = tokens.seal(purpose, token.newsletter(), edition, subscriber);
        assertThat(tokens.open(text)).contains(token);
        assertThat(tokens.open(text.toUpperCase(Locale.ROOT))).contains(token);
        assertThat(text).matches("[a-z2-7]+").isEqualTo(tokens.seal(purpose, token.newsletter(), edition, subscriber));
    }

    @Property
    void neverOpensNoise(@ForAll String noise) {
        assertThat(tokens.open(noise)).isEmpty();
    }

    @Test
    void everyChangedBitIsSeen() {
        byte[] whole = Base32.decode(tokens.seal(Purpose.UNSUBSCRIBE, 7, 0, 9));
        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] forged = whole.clone();
            forged[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(tokens.open(Base32.encode(forged))).as("bit %d", bit).isEmpty();
        }
    }

    @Test
    void aTokenHasOneSpellingOnly() {
        String text = tokens.seal(Purpose.UNSUBSCRIBE, 7, 0, 9);
        Set<String> opening = new HashSet<>();
        for (char last : "abcdefghijklmnopqrstuvwxyz234567".toCharArray()) {
            String other = text.substring(0, text.length() - 1) + last;
            if (tokens.open(other).isPresent()) {
                opening.add(other);
            }
        }
        assertThat(opening).containsExactly(text);
    }

    @Test
    void oldKeysOpenForEverAndNewTokensUseTheNewestKey() {
        String old = tokens.seal(Purpose.UNSUBSCRIBE, 7, 0, 9);
        Tokens rotated = new Tokens(Map.of(1, FIRST, 2, SECOND));
        assertThat(rotated.open(old)).contains(new Token(Purpose.UNSUBSCRIBE, 7, 0, 9));
        String fresh = rotated.seal(Purpose.UNSUBSCRIBE, 7, 0, 9);
        assertThat(fresh).isNotEqualTo(old);
        assertThat(tokens.open(fresh)).isEmpty();
        assertThat(new Tokens(Map.of(1, SECOND)).open(old)).isEmpty();
    }

    @Test
    void anOlderKeyMakesTheTokensItMadeBefore() {
        String old = tokens.seal(Purpose.MESSAGE_ID, 0, 7, 9);
        Tokens rotated = new Tokens(Map.of(1, FIRST, 2, SECOND));
        assertThat(rotated.keyId()).isEqualTo(2);
        assertThat(rotated.withKey(1).seal(Purpose.MESSAGE_ID, 0, 7, 9)).isEqualTo(old);
        assertThat(rotated.withKey(1).open(rotated.seal(Purpose.MESSAGE_ID, 0, 7, 9)))
                .isPresent();
        assertThatThrownBy(() -> tokens.withKey(2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("token key 2");
    }

    @Test
    void theEnvelopeSenderFitsALocalPart() {
        String verp = "b+" + tokens.seal(Purpose.VERP, 0, Long.MIN_VALUE, Long.MAX_VALUE);
        assertThat(verp).hasSizeLessThanOrEqualTo(64).hasSize(57);
        assertThat(tokens.seal(Purpose.UNSUBSCRIBE, -1, -1, -1)).hasSize(68);
    }

    @Test
    void neighboursShareNothingThatCouldBeRead() {
        String one = tokens.seal(Purpose.CONFIRM, 1, 1000, 1);
        String next = tokens.seal(Purpose.CONFIRM, 1, 1001, 1);
        int same = 0;
        for (int i = 4; i < one.length(); i++) {
            same += one.charAt(i) == next.charAt(i) ? 1 : 0;
        }
        assertThat(same).isLessThan(12);
    }

    @Test
    void aCompactTokenCarriesNoNewsletter() {
        assertThatThrownBy(() -> tokens.seal(Purpose.VERP, 1, 2, 3)).isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] bytes(int fill) {
        byte[] secret = new byte[HmacKey.BYTES];
        java.util.Arrays.fill(secret, (byte) fill);
        return secret;
    }
}
