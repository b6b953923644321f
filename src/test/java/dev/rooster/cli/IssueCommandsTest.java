package dev.rooster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.fixtures.Databases;
import dev.rooster.language.Language;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IssueCommandsTest {
    private final Path home = Databases.temporaryFolder();
    private final CommandRun rooster = new CommandRun(home, Language.KO);

    @BeforeEach
    void init() throws IOException {
        assertThat(rooster.run("init", "H")).isEqualTo(Exit.DONE);
        Files.writeString(home.resolve("good.md"), "---\n제목: 첫 이슈\n미리보기: 한 줄\n---\n글\n\n## 주제\n글\n");
        Files.writeString(home.resolve("bad.md"), "---\n미리보기: 한 줄\n---\n![가](없음.png)\n");
    }

    @AfterEach
    void close() {
        rooster.close();
    }

    @Test
    void addPrintsTheOutlineItUnderstood() {
        assertThat(rooster.run("issue", "add", "good.md")).isEqualTo(Exit.DONE);
        assertThat(rooster.out()).contains("1번 호를 초안으로 저장했습니다: 첫 이슈", "리드 · 주제 1");
        assertThat(rooster.run("issue", "add", "good.md", "--json")).isEqualTo(Exit.DONE);
        assertThat(rooster.out()).contains("\"id\" : 1", "\"added\" : false");
    }

    @Test
    void addRefusesAFileWithErrorsLineByLine() {
        assertThat(rooster.run("issue", "add", "bad.md")).isEqualTo(Exit.BAD_INPUT);
        assertThat(rooster.err()).contains("bad.md:1: 제목이 없습니다.", "bad.md:4: 그림 파일이 없습니다: 없음.png", "오류가 2개");
        assertThat(rooster.run("issue", "add", "bad.md", "--json")).isEqualTo(Exit.BAD_INPUT);
        assertThat(rooster.out()).contains("\"code\" : \"title-missing\"");
        assertThat(rooster.run("issue", "add", "missing.md")).isEqualTo(Exit.BAD_INPUT);
        assertThat(rooster.err()).contains("missing.md").doesNotContain("\tat ");
        assertThat(rooster.run("issue", "list", "--json")).isEqualTo(Exit.DONE);
        assertThat(rooster.out().strip()).isEqualTo("[ ]");
    }

    @Test
    void theDoctorWeighsTheLongestQueuedIssue() throws IOException {
        assertThat(RelayLoad.of(rooster.app()).messageBytes()).isZero();
        Files.writeString(home.resolve("long.md"), "---\n제목: 긴 이슈\n미리보기: 한 줄\n---\n" + "가나다라 ".repeat(9_000));
        for (String file : new String[] {"good.md", "long.md"}) {
            rooster.run("issue", "add", file);
        }
        rooster.run("issue", "queue", "1");
        long one = RelayLoad.of(rooster.app()).messageBytes();
        assertThat(one).isBetween(5_000L, 60_000L);
        rooster.run("issue", "queue", "2");
        assertThat(RelayLoad.of(rooster.app()).messageBytes()).isGreaterThan(one + 200_000);
    }

    @Test
    void anIssueIsQueuedShownAndTakenOut() {
        rooster.run("issue", "add", "good.md");
        assertThat(rooster.run("issue", "queue", "1", "--json")).isEqualTo(Exit.DONE);
        assertThat(rooster.out()).contains("\"slot\" : \"2026-11-25\"");
        assertThat(rooster.run("issue", "list")).isEqualTo(Exit.DONE);
        assertThat(rooster.out()).contains("대기", "2026-11-25", "첫 이슈");
        assertThat(rooster.run("issue", "show", "1")).isEqualTo(Exit.DONE);
        assertThat(rooster.out()).contains("2026-11-25 07:00 +09:00", "26.11월 4주차");
        assertThat(rooster.run("slot", "list")).isEqualTo(Exit.DONE);
        assertThat(rooster.out()).contains("1  첫 이슈", "비어 있음");
        assertThat(rooster.run("issue", "unqueue", "1")).isEqualTo(Exit.DONE);
        assertThat(rooster.run("issue", "unqueue", "1")).isEqualTo(Exit.BAD_INPUT);
    }

    @Test
    void aWrongDateIsRefusedWithTheFreeOnes() {
        rooster.run("issue", "add", "good.md");
        assertThat(rooster.run("issue", "queue", "1", "--slot", "2026-11-26")).isEqualTo(Exit.BAD_INPUT);
        assertThat(rooster.err()).contains("2026-11-26에는 발송 시각이 없습니다.", "2026-11-25, 2026-12-02, 2026-12-09");
        assertThat(rooster.run("issue", "queue", "1", "--slot", "2026-11-26", "--extra"))
                .isEqualTo(Exit.DONE);
        assertThat(rooster.run("issue", "queue", "7")).isEqualTo(Exit.BAD_INPUT);
        assertThat(rooster.run("issue", "queue", "1", "--slot", "tomorrow")).isEqualTo(Exit.BAD_INPUT);
    }

    @Test
    void slotsAreSkippedAndMoved() {
        assertThat(rooster.run("slot", "skip", "2026-11-25")).isEqualTo(Exit.DONE);
        assertThat(rooster.run("slot", "skip", "2026-11-25")).isEqualTo(Exit.BAD_INPUT);
        assertThat(rooster.run("slot", "move", "2026-12-02", "2026-12-03")).isEqualTo(Exit.DONE);
        assertThat(rooster.run("slot", "list", "--json")).isEqualTo(Exit.DONE);
        assertThat(rooster.out()).contains("\"skipped\"", "\"moved\"", "2026-12-03");
    }

    @Test
    void aDraftIsReplacedInItsPlace() throws IOException {
        rooster.run("issue", "add", "good.md");
        Files.writeString(home.resolve("good.md"), "---\n제목: 고친 이슈\n미리보기: 한 줄\n---\n글\n");
        assertThat(rooster.run("issue", "add", "good.md", "--replace", "1")).isEqualTo(Exit.DONE);
        assertThat(rooster.run("issue", "list", "--json")).isEqualTo(Exit.DONE);
        assertThat(rooster.out()).contains("고친 이슈").doesNotContain("첫 이슈");
    }
}
