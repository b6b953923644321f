package dev.rooster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.fixtures.Databases;
import dev.rooster.language.Language;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DrillCommandTest {
    private static final Path FOLDER = Databases.temporaryFolder();

    @Test
    void aProcessIsKilledTwiceAndNobodyIsLost() {
        try (CommandRun rooster = new CommandRun(FOLDER, Language.EN)) {
            int exit = rooster.run("drill", "--recipients", "300", "--kills", "2", "--seed", "4", "--json");
            assertThat(exit).as(rooster.out() + rooster.err()).isEqualTo(Exit.DONE);
            assertThat(rooster.out())
                    .contains("\"held\" : true", "\"lost\" : 0", "\"unmarked_duplicate\" : 0", "\"kills\" : 2");
            assertThat(rooster.err()).contains("kill 1 of 2", "kill 2 of 2");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--nodes,      2,           Several nodes need one PostgreSQL",
        "--database,   jdbc:h2:mem, Several nodes need one PostgreSQL",
        "--kills,      1001,        --kills is 0 to 1000",
        "--nodes,      9,           --nodes is 1 to 8",
        "--recipients, 0,           --recipients",
    })
    void whatCannotBeDoneIsSaidBeforeAnythingIsStarted(String option, String value, String said) {
        try (CommandRun rooster = new CommandRun(FOLDER, Language.EN)) {
            assertThat(rooster.run("drill", option, value)).isEqualTo(Exit.BAD_INPUT);
            assertThat(rooster.err()).contains(said);
        }
    }
}
