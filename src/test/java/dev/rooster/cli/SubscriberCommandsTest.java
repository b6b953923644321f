package dev.rooster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.fixtures.Databases;
import dev.rooster.fixtures.SettableClock;
import dev.rooster.language.Language;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SubscriberCommandsTest {
    private final Path home = Databases.temporaryFolder();
    private final SettableClock clock = SettableClock.at("2026-11-24T07:00:00Z");
    private final App app = new App(home.resolve("H"), Map.of(), clock);
    private ByteArrayOutputStream out = new ByteArrayOutputStream();
    private ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void init() {
        assertThat(run("init", "H")).isEqualTo(Exit.DONE);
    }

    @AfterEach
    void close() {
        app.close();
    }

    @Test
    void importTellsWhatItDidAndWhereTheRestIs() throws Exception {
        Files.writeString(home.resolve("list.csv"), "email,name\nkim@naver.com,김수탉\nbad,\n");
        assertThat(run("subscriber", "import", "list.csv", "--json")).isEqualTo(Exit.PARTLY);
        assertThat(text(out)).contains("\"rows\" : 2", "\"added\" : 1", "\"bad\" : 1", "list.csv.rejected.csv\"");
        assertThat(run("subscriber", "import", "missing.csv")).isEqualTo(Exit.BAD_INPUT);
        assertThat(text(err)).contains("missing.csv").doesNotContain("\tat ");
    }

    @Test
    void whatWasExportedCanBeImported() throws Exception {
        assertThat(run("subscriber", "add", "kim@naver.com", "--name", "김수탉", "--attribute", "city=서울"))
                .isEqualTo(Exit.DONE);
        assertThat(run("subscriber", "export", "out.csv")).isEqualTo(Exit.DONE);
        assertThat(Files.readString(home.resolve("out.csv")))
                .startsWith("\uFEFFemail,")
                .contains("kim@naver.com,김수탉");
        assertThat(run("subscriber", "export")).isEqualTo(Exit.DONE);
        assertThat(text(out)).startsWith("email,").contains("서울");
        assertThat(run("subscriber", "import", "out.csv", "--json")).isEqualTo(Exit.DONE);
        assertThat(text(out)).contains("\"unchanged\" : 1");
        assertThat(audit()).containsExactly("subscriber export", "subscriber export");
    }

    @Test
    void unsubscribedPersonIsShownAndNotAddedAgain() {
        run("subscriber", "add", "kim@naver.com");
        assertThat(notices()).containsExactly("welcome queued");
        assertThat(run("subscriber", "unsubscribe", "KIM@naver.com")).isEqualTo(Exit.DONE);
        assertThat(notices()).containsExactly("welcome skipped", "refusal queued");
        assertThat(run("subscriber", "show", "naver.com", "--json")).isEqualTo(Exit.DONE);
        assertThat(text(out)).contains("\"state\" : \"unsubscribed\"", "\"reason\" : \"unsubscribed\"");
        assertThat(run("subscriber", "add", "kim@naver.com")).isEqualTo(Exit.FAILED);
        assertThat(run("suppression", "remove", "kim@naver.com")).isEqualTo(Exit.DONE);
        assertThat(run("subscriber", "add", "kim@naver.com")).isEqualTo(Exit.DONE);
        assertThat(run("subscriber", "unsubscribe", "nobody@naver.com")).isEqualTo(Exit.FAILED);
        assertThat(run("subscriber", "unsubscribe", "no address")).isEqualTo(Exit.BAD_INPUT);
    }

    @Test
    void erasedPersonIsFoundByTheHashOnly() {
        run("subscriber", "add", "kim@naver.com");
        assertThat(run("subscriber", "erase", "kim@naver.com", "--yes")).isEqualTo(Exit.DONE);
        assertThat(text(out)).doesNotContain("kim");
        assertThat(run("subscriber", "show", "kim@naver.com")).isEqualTo(Exit.FAILED);
        assertThat(text(err)).contains("erased, since 2026-11-24");
        assertThat(audit()).containsExactly("subscriber erase");
        run("suppression", "list", "--json");
        assertThat(text(out))
                .contains("\"address\":null", "\"reason\":\"erased\"")
                .doesNotContain("kim");
    }

    @Test
    void suppressionIsListedByReason() {
        assertThat(run("suppression", "add", "a@b.kr", "c@d.kr", "--json")).isEqualTo(Exit.DONE);
        assertThat(text(out)).contains("\"added\" : 2");
        assertThat(run("suppression", "list", "--reason", "manual")).isEqualTo(Exit.DONE);
        assertThat(text(out).lines()).hasSize(2);
        assertThat(run("suppression", "list", "--reason", "whim")).isEqualTo(Exit.BAD_INPUT);
        assertThat(text(err)).contains("hard-bounce");
    }

    @Test
    void reportOfAnUnknownIssueIsBadInput() {
        assertThat(run("report", "7")).isEqualTo(Exit.BAD_INPUT);
        assertThat(run("report", "7", "--state", "delivered")).isEqualTo(Exit.BAD_INPUT);
        assertThat(text(err)).contains("accepted");
    }

    private int run(String... args) {
        out = new ByteArrayOutputStream();
        err = new ByteArrayOutputStream();
        Console console = new Console(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                home,
                false,
                100,
                Language.EN);
        return new Commands(console, false).run(List.of(args), () -> app, where -> Commands.Answer.notRunning());
    }

    private List<String> notices() {
        return app.database()
                .jdbi()
                .withHandle(handle -> handle.createQuery("select kind || ' ' || state from notice order by id")
                        .mapTo(String.class)
                        .list());
    }

    private List<String> audit() {
        return app.database()
                .jdbi()
                .withHandle(handle -> handle.createQuery("select action from audit order by id")
                        .mapTo(String.class)
                        .list());
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
