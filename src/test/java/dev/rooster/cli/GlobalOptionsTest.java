package dev.rooster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.language.Language;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GlobalOptionsTest {
    private static final Path FOLDER = Path.of("/srv");

    @Test
    void homeIsTakenInAnyPosition() {
        for (List<String> args : List.of(
                List.of("--home", "x", "issue", "list"),
                List.of("issue", "--home=x", "list"),
                List.of("issue", "list", "--home", "x"))) {
            GlobalOptions options = GlobalOptions.parse(args, Map.of("ROOSTER_HOME", "y"), FOLDER);
            assertThat(options.home()).isEqualTo(Path.of("/srv/x"));
            assertThat(options.rest()).containsExactly("issue", "list");
        }
    }

    @Test
    void whatFollowsTwoDashesIsLeftAlone() {
        assertThat(GlobalOptions.parse(List.of("issue", "--", "--home", "x"), Map.of(), FOLDER)
                        .rest())
                .containsExactly("issue", "--", "--home", "x");
    }

    @Test
    void theLanguageComesFromTheEnvironment() {
        assertThat(GlobalOptions.parse(List.of(), Map.of("LANG", "ko_KR.UTF-8"), FOLDER)
                        .language())
                .isEqualTo(Language.KO);
        assertThat(GlobalOptions.parse(List.of("--lang", "en"), Map.of("LANG", "ko_KR.UTF-8"), FOLDER)
                        .language())
                .isEqualTo(Language.EN);
    }
}
