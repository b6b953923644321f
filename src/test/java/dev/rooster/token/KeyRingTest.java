package dev.rooster.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rooster.language.Language;
import dev.rooster.language.Messages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyRingTest {
    @TempDir
    Path home;

    private final SecureRandom random = new SecureRandom();

    @Test
    void keysAreMadeOnceReadBackAndSeenByTheirOwnerOnly() throws IOException {
        Path folder = home.resolve("data/keys");
        KeyRing made = KeyRing.create(folder, random);
        KeyRing read = KeyRing.open(folder);
        assertThat(read.tokens().open(made.tokens().seal(Purpose.VERP, 0, 1, 2)))
                .isPresent();
        assertThat(read.addressHash().of("kim@naver.com"))
                .isEqualTo(made.addressHash().of("kim@naver.com"))
                .matches("[0-9a-f]{32}");
        for (String name : new String[] {KeyRing.TOKENS_FILE, KeyRing.SUPPRESSION_FILE}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))))
                    .isEqualTo("rw-------");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
    }

    @Test
    void existingKeysAreNeverOverwrittenAndMissingOnesNeverMade() throws IOException {
        KeyRing.create(home, random);
        assertThatThrownBy(() -> KeyRing.create(home, random)).isInstanceOf(KeyRingProblem.class);
        Files.delete(home.resolve(KeyRing.TOKENS_FILE));
        assertThatThrownBy(() -> KeyRing.create(home, random))
                .isInstanceOfSatisfying(
                        KeyRingProblem.class, p -> assertThat(p.key()).isEqualTo("keys.exists"));
        assertThatThrownBy(() -> KeyRing.open(home))
                .isInstanceOfSatisfying(
                        KeyRingProblem.class, p -> assertThat(p.key()).isEqualTo("keys.missing"));
    }

    @Test
    void rotationKeepsOldTokensAndEveryAddressHash() {
        KeyRing first = KeyRing.create(home, random);
        String old = first.tokens().seal(Purpose.UNSUBSCRIBE, 1, 2, 3);
        KeyRing second = KeyRing.rotateTokenKey(home, random);
        KeyRing third = KeyRing.rotateTokenKey(home, random);
        assertThat(third.tokens().open(old)).isPresent();
        assertThat(third.tokens().open(second.tokens().seal(Purpose.UNSUBSCRIBE, 1, 2, 3)))
                .isPresent();
        assertThat(third.addressHash().of("a@b.kr"))
                .isEqualTo(first.addressHash().of("a@b.kr"));
    }

    @Test
    void aDamagedFileIsNamedWithItsLineAndNeverShown() throws IOException {
        KeyRing.create(home, random);
        Path file = home.resolve(KeyRing.TOKENS_FILE);
        String good = Files.readString(file);
        Files.writeString(file, good + "2 tooshort\n");
        assertThatThrownBy(() -> KeyRing.open(home)).isInstanceOfSatisfying(KeyRingProblem.class, p -> {
            assertThat(p.kind()).isEqualTo(KeyRingProblem.Kind.MALFORMED);
            assertThat(p.line()).isEqualTo(2);
            assertThat(p.getMessage()).doesNotContain("tooshort");
        });
        Files.writeString(file, good + good);
        assertThatThrownBy(() -> KeyRing.open(home)).isInstanceOf(KeyRingProblem.class);
    }

    @Test
    void aPublicIdIsTheBeginningOfTheHash() {
        String hash = KeyRing.create(home, random).addressHash().of("kim@naver.com");
        assertThat(Long.toHexString(AddressHash.publicId(hash)))
                .isEqualTo(hash.substring(0, 16).replaceFirst("^0+", ""));
    }

    @ParameterizedTest
    @EnumSource(KeyRingProblem.Kind.class)
    void everyProblemIsExplainedInBothLanguages(KeyRingProblem.Kind kind) {
        KeyRingProblem problem = new KeyRingProblem(kind, home.resolve("tokens.key"), 7, null);
        for (Language language : Language.values()) {
            String text =
                    Messages.of(KeyRingProblem.class, language).text(problem.key(), problem.file(), problem.line());
            assertThat(text).contains("tokens.key");
        }
    }
}
