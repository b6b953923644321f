package dev.rooster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.fixtures.Databases;
import dev.rooster.language.Language;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageProblemTest {
    private static final Path FOLDER = Databases.temporaryFolder();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    issue show abc                                | ID은(는) 정수입니다. 적힌 것: "abc"
                    issue show                                    | 빠진 것이 있습니다: ID
                    issue show 99999999999999999999               | ID은(는) 정수입니다.
                    issue show 1 2                                | "2"은(는) 필요 없는 인자입니다.
                    issue test 1                                  | 빠진 것이 있습니다: --to ADDR
                    issue queue 1 --slot tomorrow                 | --slot DATE은(는) 2026-12-02 같은 날짜입니다. 적힌 것: "tomorrow"
                    issue queue 1 --slot 2026-02-30               | --slot DATE은(는) 2026-12-02 같은 날짜입니다. 적힌 것: "2026-02-30"
                    issue queue 1 --slot +999999999-12-31         | --slot DATE은(는) 2026-12-02 같은 날짜입니다.
                    issue queue 1 --slot                          | 빠진 것이 있습니다: --slot DATE
                    issue list --limit 0                          | --limit N은(는) 1부터 1000000까지의 수입니다. 적힌 것: "0"
                    subscriber show x --limit -3                  | --limit N은(는) 1부터
                    slot list --limit x                           | --limit N은(는) 1부터
                    slot skip 2026-13-01                          | DATE은(는) 2026-12-02 같은 날짜입니다.
                    subscriber add a@example.net --language xx    | ko, en 가운데 하나입니다. 적힌 것: "xx"
                    subscriber add a@example.net --attribute city | 이름=값 모양으로 적습니다. 적힌 것: "city"
                    subscriber import a.csv --status maybe        | active, pending, unsubscribed 가운데 하나입니다.
                    issue list --frob                             | --frob 옵션은 여기에 없습니다.
                    issue ad                                      | "ad" 명령은 없습니다. 혹시 이것인가요: add
                    frobnicate                                    | "frobnicate" 명령은 없습니다.
                    """)
    void aWrongCommandLineIsExplainedInThePersonsLanguage(String line, String words) {
        try (CommandRun rooster = new CommandRun(FOLDER, Language.KO)) {
            assertThat(rooster.run(line.split(" "))).isEqualTo(Exit.BAD_INPUT);
            assertThat(rooster.err()).contains(words).contains("--help").doesNotContain("java.", "Invalid");
            assertThat(rooster.out()).isEmpty();
        }
    }

    @Test
    void aGlobalOptionWithoutItsValueOrWithAWrongOneIsNoticed() {
        assertThat(wrong("--home")).isEqualTo("--home");
        assertThat(wrong("issue", "list", "--lang", "fr")).isEqualTo("--lang");
        assertThat(wrong("--lang=xx")).isEqualTo("--lang");
        assertThat(wrong("--lang")).isEqualTo("--lang");
        assertThat(wrong("--home", "x", "--lang", "ko")).isNull();
    }

    private static String wrong(String... args) {
        return GlobalOptions.parse(List.of(args), Map.of(), FOLDER).wrong();
    }
}
