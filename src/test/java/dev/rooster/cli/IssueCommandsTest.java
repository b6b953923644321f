package dev.rooster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.fixtures.Databases;
import dev.rooster.fixtures.SettableClock;
import dev.rooster.language.Language;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IssueCommandsTest {
    private final Path home = Databases.temporaryFolder();
    private final App app = new App(home.resolve("H"), Map.of(), SettableClock.at("2026-11-24T07:00:00Z"));
    private ByteArrayOutputStream out = new ByteArrayOutputStream();
    private ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void init() throws IOException {
        assertThat(run("init", "H")).isEqualTo(Exit.DONE);
        Files.writeString(home.resolve("good.md"), "---\n제목: 첫 이슈\n미리보기: 한 줄\n---\n글\n\n## 주제\n글\n");
        Files.writeString(home.resolve("bad.md"), "---\n미리보기: 한 줄\n---\n![가](없음.png)\n");
    }

    @AfterEach
    void close() {
        app.close();
    }

    @Test
    void addPrintsTheOutlineItUnderstood() {
        assertThat(run("issue", "add", "good.md")).isEqualTo(Exit.DONE);
        assertThat(text(out)).contains("1번 이슈를 초안으로 저장했습니다: 첫 이슈", "리드 · 주제 1");
        assertThat(run("issue", "add", "good.md", "--json")).isEqualTo(Exit.DONE);
        assertThat(text(out)).contains("\"id\" : 1", "\"added\" : false");
    }

    @Test
    void addRefusesAFileWithErrorsLineByLine() {
        assertThat(run("issue", "add", "bad.md")).isEqualTo(Exit.BAD_INPUT);
        assertThat(text(err)).contains("bad.md:1: 제목이 없습니다.", "bad.md:4: 그림 파일이 없습니다: 없음.png", "오류가 2개");
        assertThat(run("issue", "add", "bad.md", "--json")).isEqualTo(Exit.BAD_INPUT);
        assertThat(text(out)).contains("\"code\" : \"title-missing\"");
        assertThat(run("issue", "add", "missing.md")).isEqualTo(Exit.BAD_INPUT);
        assertThat(text(err)).contains("missing.md").doesNotContain("\tat ");
        assertThat(run("issue", "list", "--json")).isEqualTo(Exit.DONE);
        assertThat(text(out).strip()).isEqualTo("[ ]");
    }

    @Test
    void anIssueIsQueuedShownAndTakenOut() {
        run("issue", "add", "good.md");
        assertThat(run("issue", "queue", "1", "--json")).isEqualTo(Exit.DONE);
        assertThat(text(out)).contains("\"slot\" : \"2026-11-25\"");
        assertThat(run("issue", "list")).isEqualTo(Exit.DONE);
        assertThat(text(out)).contains("대기", "2026-11-25", "첫 이슈");
        assertThat(run("issue", "show", "1")).isEqualTo(Exit.DONE);
        assertThat(text(out)).contains("2026-11-25 07:00 +09:00", "26.11월 4주차");
        assertThat(run("slot", "list")).isEqualTo(Exit.DONE);
        assertThat(text(out)).contains("1  첫 이슈", "비어 있음");
        assertThat(run("issue", "unqueue", "1")).isEqualTo(Exit.DONE);
        assertThat(run("issue", "unqueue", "1")).isEqualTo(Exit.BAD_INPUT);
    }

    @Test
    void aWrongDateIsRefusedWithTheFreeOnes() {
        run("issue", "add", "good.md");
        assertThat(run("issue", "queue", "1", "--slot", "2026-11-26")).isEqualTo(Exit.BAD_INPUT);
        assertThat(text(err)).contains("2026-11-26에는 발송 시각이 없습니다.", "2026-11-25, 2026-12-02, 2026-12-09");
        assertThat(run("issue", "queue", "1", "--slot", "2026-11-26", "--extra"))
                .isEqualTo(Exit.DONE);
        assertThat(run("issue", "queue", "7")).isEqualTo(Exit.BAD_INPUT);
        assertThat(run("issue", "queue", "1", "--slot", "tomorrow")).isEqualTo(Exit.BAD_INPUT);
    }

    @Test
    void slotsAreSkippedAndMoved() {
        assertThat(run("slot", "skip", "2026-11-25")).isEqualTo(Exit.DONE);
        assertThat(run("slot", "skip", "2026-11-25")).isEqualTo(Exit.BAD_INPUT);
        assertThat(run("slot", "move", "2026-12-02", "2026-12-03")).isEqualTo(Exit.DONE);
        assertThat(run("slot", "list", "--json")).isEqualTo(Exit.DONE);
        assertThat(text(out)).contains("\"skipped\"", "\"moved\"", "2026-12-03");
    }

    @Test
    void aDraftIsReplacedInItsPlace() throws IOException {
        run("issue", "add", "good.md");
        Files.writeString(home.resolve("good.md"), "---\n제목: 고친 이슈\n미리보기: 한 줄\n---\n글\n");
        assertThat(run("issue", "add", "good.md", "--replace", "1")).isEqualTo(Exit.DONE);
        assertThat(run("issue", "list", "--json")).isEqualTo(Exit.DONE);
        assertThat(text(out)).contains("고친 이슈").doesNotContain("첫 이슈");
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
                Language.KO);
        return new Commands(console, false).run(List.of(args), () -> app, where -> Commands.Answer.notRunning());
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
