package dev.rooster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.delivery.StartOutcome;
import dev.rooster.fixtures.Databases;
import dev.rooster.issue.IssueId;
import dev.rooster.language.Language;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stop, mend, go on, as an operator types it. */
class AmendCommandsTest {
    private static final String TEXT = "---\n제목: 첫 이슈\n미리보기: 한 줄\n---\n리드\n\n## 주제\n[글](https://wrong.example/)\n";

    private final Path home = Databases.temporaryFolder();
    private final CommandRun rooster = new CommandRun(
            home,
            Language.EN,
            Map.of(
                    "ROOSTER_SMTP_HOST",
                    "127.0.0.1",
                    "ROOSTER_SMTP_TLS",
                    "none",
                    "ROOSTER_SMTP_PORT",
                    "1",
                    "ROOSTER_HTTP_PORT",
                    "0",
                    "ROOSTER_HTTP_MANAGEMENT_PORT",
                    "0"));

    @BeforeEach
    void init() throws IOException {
        assertThat(rooster.run("init", "H")).isEqualTo(Exit.DONE);
        Files.writeString(home.resolve("issue.md"), TEXT);
        Files.writeString(home.resolve("mended.md"), TEXT.replace("wrong", "right"));
        assertThat(rooster.run("issue", "add", "issue.md")).isEqualTo(Exit.DONE);
        for (String who : new String[] {"a", "b", "c"}) {
            assertThat(rooster.run("subscriber", "add", who + "@example.com", "--consent", "paper"))
                    .as(rooster.err())
                    .isEqualTo(Exit.DONE);
        }
    }

    @AfterEach
    void close() {
        rooster.close();
    }

    /** As a slot would begin it; nobody sends. */
    private void begin() {
        App app = rooster.app();
        assertThat(app.installation().check()).isEmpty();
        assertThat(app.delivering()
                        .editions()
                        .start(app.newsletters().all().get(0), new IssueId(1), Duration.ZERO, seen -> {}))
                .isInstanceOf(StartOutcome.Started.class);
    }

    @Test
    void anIssueIsMendedOnlyInAPause() {
        assertThat(rooster.run("issue", "amend", "1", "mended.md")).isEqualTo(Exit.BAD_INPUT);
        assertThat(rooster.err()).contains("was not started", "issue add FILE.md --replace 1");
        begin();
        assertThat(rooster.run("issue", "amend", "1", "mended.md")).isEqualTo(Exit.BAD_INPUT);
        assertThat(rooster.err()).contains("rooster issue pause 1");
        assertThat(rooster.run("issue", "pause", "1")).isEqualTo(Exit.DONE);
        assertThat(rooster.run("issue", "amend", "1", "issue.md")).isEqualTo(Exit.BAD_INPUT);
        assertThat(rooster.err()).contains("the same mail as version 1");
        assertThat(rooster.run("issue", "amend", "1", "nowhere.md")).isEqualTo(Exit.BAD_INPUT);
        assertThat(rooster.run("issue", "amend", "1", "mended.md", "--dry-run")).isEqualTo(Exit.DONE);
        assertThat(rooster.out()).contains("would have version 2, for 3 people", "Nothing was changed");
        assertThat(rooster.run("issue", "amend", "1", "mended.md")).isEqualTo(Exit.DONE);
        assertThat(rooster.out())
                .contains(
                        "Issue 1 has version 2, frozen now for 3 people",
                        "lead · 1 topic",
                        "  topic 1 \"주제\": changed",
                        "  + https://right.example/",
                        "  - https://wrong.example/",
                        "rooster issue resume 1");
        assertThat(rooster.run("issue", "show", "1")).isEqualTo(Exit.DONE);
        assertThat(rooster.out()).contains("1: 첫 이슈", "2: topic 1, links +1 -1");
        assertThat(rooster.run("issue", "show", "1", "--json")).isEqualTo(Exit.DONE);
        assertThat(rooster.out()).contains("\"changes\" : \"topic-1 links+1-1\"");
        assertThat(rooster.run("report", "1")).isEqualTo(Exit.DONE);
        assertThat(rooster.out()).contains("Version 1: 첫 이슈", ", 0 recipients", "Version 2: 첫 이슈", ", 3 recipients");
        assertThat(rooster.run("report", "1", "--json")).isEqualTo(Exit.DONE);
        assertThat(rooster.out()).contains("\"version\" : 2", "\"recipients\" : 3", "\"accepted\" : 0");
        assertThat(rooster.run("report", "1", "--recipients", "--json")).isEqualTo(Exit.DONE);
        assertThat(rooster.out()).contains("\"version\":2").doesNotContain("\"version\":1");
        assertThat(rooster.run("issue", "resume", "1")).isEqualTo(Exit.DONE);
    }

    @Test
    void aFileWithErrorsLeavesEverythingAsItWas() throws IOException {
        begin();
        rooster.run("issue", "pause", "1");
        Files.writeString(home.resolve("bad.md"), TEXT.replace("리드", "![가](없음.png)"));
        assertThat(rooster.run("issue", "amend", "1", "bad.md")).isEqualTo(Exit.BAD_INPUT);
        assertThat(rooster.err()).contains("bad.md:5:", "Nothing was stored");
        assertThat(rooster.run("issue", "amend", "1", "bad.md", "--json")).isEqualTo(Exit.BAD_INPUT);
        assertThat(rooster.out()).contains("\"code\" : \"picture-missing\"");
        assertThat(rooster.run("issue", "show", "1", "--json")).isEqualTo(Exit.DONE);
        assertThat(rooster.out()).contains("\"version\" : 1").doesNotContain("\"version\" : 2");
        assertThat(rooster.run("issue", "add", "mended.md", "--replace", "1")).isEqualTo(Exit.BAD_INPUT);
        assertThat(rooster.err()).contains("issue amend 1");
    }

    @Test
    void theJsonOfAnAmendSaysWhoGetsWhat() {
        begin();
        rooster.run("issue", "pause", "1");
        assertThat(rooster.run("issue", "amend", "1", "mended.md", "--json")).isEqualTo(Exit.DONE);
        assertThat(rooster.out())
                .contains(
                        "\"version\" : 2",
                        "\"dry_run\" : false",
                        "\"links_added\" : [ \"https://right.example/\" ]",
                        "\"get_it\" : 3",
                        "\"keep_older\" : 0",
                        "\"state\" : \"paused\"");
    }

    private void settle(String state) {
        rooster.app()
                .database()
                .jdbi()
                .useHandle(handle -> handle.execute(
                        "update delivery set state = ?, uncertain_count = ? where seq <= 2",
                        state,
                        state.equals("uncertain") ? 1 : 0));
    }

    @Test
    void chosenStatesAreSentAgain() {
        begin();
        settle("rejected");
        assertThat(rooster.run("issue", "resend", "1", "--state", "accepted")).isEqualTo(Exit.BAD_INPUT);
        assertThat(rooster.err()).contains("never sent again", "rejected, expired, skipped, uncertain");
        assertThat(rooster.run("issue", "resend", "1", "--state", "queued")).isEqualTo(Exit.BAD_INPUT);
        assertThat(rooster.run("issue", "resend", "1", "--state", "expired")).isEqualTo(Exit.DONE);
        assertThat(rooster.out()).contains("Nobody would get issue 1");
        assertThat(rooster.run("suppression", "add", "a@example.com")).isEqualTo(Exit.DONE);
        assertThat(rooster.run("issue", "resend", "1", "--state", "rejected,expired", "--dry-run"))
                .isEqualTo(Exit.DONE);
        assertThat(rooster.out()).contains("One person would get issue 1", "One more is in these states and stays so");
        assertThat(rooster.run("report", "1", "--json")).isEqualTo(Exit.DONE);
        assertThat(rooster.out()).contains("\"rejected\" : 2");
        assertThat(rooster.run("issue", "resend", "1", "--state", "rejected,expired", "--yes", "--json"))
                .isEqualTo(Exit.DONE);
        assertThat(rooster.out()).contains("\"queued_again\" : 1", "\"left\" : 1", "\"state\" : \"sending\"");
        assertThat(rooster.run("report", "1", "--json")).isEqualTo(Exit.DONE);
        assertThat(rooster.out()).contains("\"rejected\" : 1", "\"queued\" : 2", "\"sums_agree\" : true");
    }

    @Test
    void uncertainOnesAreSentAgainWithAWord() {
        begin();
        settle("uncertain");
        assertThat(rooster.run("issue", "pause", "1")).isEqualTo(Exit.DONE);
        assertThat(rooster.run("issue", "resend", "1", "--state", "uncertain", "--yes"))
                .isEqualTo(Exit.DONE);
        assertThat(rooster.out())
                .contains("2 people get issue 1 once more", "same Message-ID", "rooster issue resume 1");
        assertThat(rooster.run("issue", "cancel", "1")).isEqualTo(Exit.DONE);
        assertThat(rooster.run("issue", "resend", "1", "--state", "uncertain", "--yes"))
                .isEqualTo(Exit.BAD_INPUT);
    }

    /** As when an operator pauses while the audience is being written. */
    @Test
    void anIssueThatIsPausedBeforeTheEngineTakesItUpEndsTheCommand() {
        App app = rooster.app();
        AtomicBoolean paused = new AtomicBoolean();
        app.delivering().editions().onChange(() -> {
            if (paused.compareAndSet(false, true)) {
                app.delivering().editions().pause(new IssueId(1), "");
            }
        });
        assertThat(rooster.run("send", "1", "--yes")).isEqualTo(Exit.FAILED);
        assertThat(rooster.out()).contains("Issue 1: paused", "3 waiting");
    }

    @Test
    void aCopyForOnePersonIsRefusedWithItsReason() {
        begin();
        assertThat(rooster.run("issue", "resend", "1")).isEqualTo(Exit.BAD_INPUT);
        assertThat(rooster.run("issue", "resend", "1", "--to", "a@example.com", "--state", "rejected"))
                .isEqualTo(Exit.BAD_INPUT);
        assertThat(rooster.err()).contains("either --state STATE");
        assertThat(rooster.run("issue", "resend", "1", "--to", "a@example.com")).isEqualTo(Exit.BAD_INPUT);
        assertThat(rooster.err()).contains("gets a copy without this yet", "--anyway");
        assertThat(rooster.run("issue", "resend", "1", "--to", "nobody@example.com"))
                .isEqualTo(Exit.BAD_INPUT);
        assertThat(rooster.err()).contains("knows nobody", "rooster issue test 1");
        assertThat(rooster.run("issue", "resend", "1", "--to", "a@example.com", "--anyway"))
                .as("there is no relay")
                .isEqualTo(Exit.FAILED);
        assertThat(rooster.out()).contains("No copy of issue 1 went to a@example.com");
        assertThat(rooster.run("report", "1", "--json")).isEqualTo(Exit.DONE);
        assertThat(rooster.out()).contains("\"resent_copies\" : [ ]");
    }
}
