package dev.rooster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.fixtures.Databases;
import dev.rooster.language.Language;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SubscriberCommandsTest {
    private final Path home = Databases.temporaryFolder();
    private final CommandRun rooster = new CommandRun(home, Language.EN);

    @BeforeEach
    void init() {
        assertThat(rooster.run("init", "H")).isEqualTo(Exit.DONE);
    }

    @AfterEach
    void close() {
        rooster.close();
    }

    @Test
    void importTellsWhatItDidAndWhereTheRestIs() throws Exception {
        Files.writeString(home.resolve("list.csv"), "email,name\nkim@naver.com,김수탉\nbad,\n");
        assertThat(rooster.run("subscriber", "import", "list.csv", "--json")).isEqualTo(Exit.PARTLY);
        assertThat(rooster.out()).contains("\"rows\" : 2", "\"added\" : 1", "\"bad\" : 1", "list.csv.rejected.csv\"");
        assertThat(rooster.run("subscriber", "import", "missing.csv")).isEqualTo(Exit.BAD_INPUT);
        assertThat(rooster.err()).contains("missing.csv").doesNotContain("\tat ");
    }

    @Test
    void whatWasExportedCanBeImported() throws Exception {
        assertThat(rooster.run("subscriber", "add", "kim@naver.com", "--name", "김수탉", "--attribute", "city=서울"))
                .isEqualTo(Exit.DONE);
        assertThat(rooster.run("subscriber", "export", "out.csv")).isEqualTo(Exit.DONE);
        assertThat(Files.readString(home.resolve("out.csv")))
                .startsWith("\uFEFFemail,")
                .contains("kim@naver.com,김수탉");
        assertThat(rooster.run("subscriber", "export")).isEqualTo(Exit.DONE);
        assertThat(rooster.out()).startsWith("email,").contains("서울");
        assertThat(rooster.run("subscriber", "import", "out.csv", "--json")).isEqualTo(Exit.DONE);
        assertThat(rooster.out()).contains("\"unchanged\" : 1");
        assertThat(audit()).containsExactly("subscriber export", "subscriber export");
    }

    @Test
    void unsubscribedPersonIsShownAndNotAddedAgain() {
        rooster.run("subscriber", "add", "kim@naver.com");
        assertThat(notices()).containsExactly("welcome queued");
        assertThat(rooster.run("subscriber", "unsubscribe", "KIM@naver.com")).isEqualTo(Exit.DONE);
        assertThat(notices()).containsExactly("welcome skipped", "refusal queued");
        assertThat(rooster.run("subscriber", "show", "naver.com", "--json")).isEqualTo(Exit.DONE);
        assertThat(rooster.out()).contains("\"state\" : \"unsubscribed\"", "\"reason\" : \"unsubscribed\"");
        assertThat(rooster.run("subscriber", "add", "kim@naver.com")).isEqualTo(Exit.FAILED);
        assertThat(rooster.run("suppression", "remove", "kim@naver.com")).isEqualTo(Exit.DONE);
        assertThat(rooster.run("subscriber", "add", "kim@naver.com")).isEqualTo(Exit.DONE);
        assertThat(rooster.run("subscriber", "unsubscribe", "nobody@naver.com")).isEqualTo(Exit.FAILED);
        assertThat(rooster.run("subscriber", "unsubscribe", "no address")).isEqualTo(Exit.BAD_INPUT);
    }

    @Test
    void whoLeftBeforeADayIsErasedAfterADryRun() {
        rooster.run("subscriber", "add", "kim@naver.com");
        rooster.run("subscriber", "unsubscribe", "kim@naver.com");
        rooster.app()
                .database()
                .jdbi()
                .useHandle(handle ->
                        handle.execute("update subscription set since = ?", Instant.parse("2026-05-31T14:59:59Z")));
        assertThat(rooster.run("subscriber", "erase", "--unsubscribed-before", "2026-06-01", "--dry-run"))
                .isEqualTo(Exit.DONE);
        assertThat(rooster.out()).contains("Would be erased: one person who left", "Nothing was changed");
        assertThat(rooster.run("subscriber", "show", "kim@naver.com")).isEqualTo(Exit.DONE);
        assertThat(rooster.run("subscriber", "erase", "--unsubscribed-before", "2026-05-31", "--json"))
                .isEqualTo(Exit.DONE);
        assertThat(rooster.out()).contains("\"people\" : 0");
        assertThat(rooster.run("subscriber", "erase", "--unsubscribed-before", "2026-06-01"))
                .isEqualTo(Exit.DONE);
        assertThat(rooster.out()).contains("Erased: one person");
        assertThat(rooster.run("subscriber", "show", "kim@naver.com")).isEqualTo(Exit.FAILED);
        assertThat(rooster.run("subscriber", "add", "kim@naver.com")).isEqualTo(Exit.FAILED);
        assertThat(audit()).contains("subscriber erase");
    }

    @Test
    void whatIsToBeErasedIsSaidOnceAndNotTooSoon() {
        assertThat(rooster.run("subscriber", "erase")).isEqualTo(Exit.BAD_INPUT);
        assertThat(rooster.run("subscriber", "erase", "kim@naver.com", "--unsubscribed-before", "2026-06-01"))
                .isEqualTo(Exit.BAD_INPUT);
        assertThat(rooster.run("subscriber", "erase", "kim@naver.com", "--dry-run"))
                .isEqualTo(Exit.BAD_INPUT);
        assertThat(rooster.run("subscriber", "erase", "--unsubscribed-before", "2026-11-20"))
                .isEqualTo(Exit.BAD_INPUT);
        assertThat(rooster.err()).contains("less than 14 days ago");
    }

    @Test
    void erasedPersonIsFoundByTheHashOnly() {
        rooster.run("subscriber", "add", "kim@naver.com");
        assertThat(rooster.run("subscriber", "erase", "kim@naver.com", "--yes")).isEqualTo(Exit.DONE);
        assertThat(rooster.out()).doesNotContain("kim");
        assertThat(rooster.run("subscriber", "show", "kim@naver.com")).isEqualTo(Exit.FAILED);
        assertThat(rooster.err()).contains("erased, since 2026-11-24");
        assertThat(audit()).containsExactly("subscriber erase");
        rooster.run("suppression", "list", "--json");
        assertThat(rooster.out())
                .contains("\"address\":null", "\"reason\":\"erased\"")
                .doesNotContain("kim");
    }

    @Test
    void suppressionIsListedByReason() {
        assertThat(rooster.run("suppression", "add", "a@b.kr", "c@d.kr", "--json"))
                .isEqualTo(Exit.DONE);
        assertThat(rooster.out()).contains("\"added\" : 2");
        assertThat(rooster.run("suppression", "list", "--reason", "manual")).isEqualTo(Exit.DONE);
        assertThat(rooster.out().lines()).hasSize(2);
        assertThat(rooster.run("suppression", "list", "--reason", "whim")).isEqualTo(Exit.BAD_INPUT);
        assertThat(rooster.err()).contains("hard-bounce");
    }

    @Test
    void reportOfAnUnknownIssueIsBadInput() {
        assertThat(rooster.run("report", "7")).isEqualTo(Exit.BAD_INPUT);
        assertThat(rooster.run("report", "7", "--state", "delivered")).isEqualTo(Exit.BAD_INPUT);
        assertThat(rooster.err()).contains("accepted");
    }

    private List<String> notices() {
        return rooster.app()
                .database()
                .jdbi()
                .withHandle(handle -> handle.createQuery("select kind || ' ' || state from notice order by id")
                        .mapTo(String.class)
                        .list());
    }

    private List<String> audit() {
        return rooster.app()
                .database()
                .jdbi()
                .withHandle(handle -> handle.createQuery("select action from audit order by id")
                        .mapTo(String.class)
                        .list());
    }
}
