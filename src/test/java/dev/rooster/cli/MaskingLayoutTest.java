package dev.rooster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import dev.rooster.db.Database;
import dev.rooster.fixtures.Databases;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MaskingLayoutTest {
    private static final String PERSON =
            "insert into stop_request (fingerprint, received_at, source, sender, words, state) "
                    + "values ('kim@naver.com', current_timestamp, 'test', 'x', 'x', 'open')";

    @ParameterizedTest
    @EnumSource(Databases.Kind.class)
    void aViolatedIndexNamesNobody(Databases.Kind kind) {
        try (Database database = Databases.open(kind)) {
            database.jdbi().useHandle(handle -> handle.execute(PERSON));
            Exception violation = catching(() -> database.jdbi()
                    .useHandle(handle -> handle.createUpdate(PERSON.replace("'kim@naver.com'", ":who"))
                            .bind("who", "kim@naver.com")
                            .execute()));
            String line = logged("It failed: " + violation, violation);
            assertThat(line)
                    .contains("It failed: ", "Caused by: ", "stop_request")
                    .doesNotContain("kim@naver.com")
                    .contains(getClass().getSimpleName());
        }
    }

    private static Exception catching(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            return e;
        }
        throw new AssertionError("nothing was violated");
    }

    private static String logged(String message, Exception trouble) {
        LoggerContext context = new LoggerContext();
        LoggingEvent event =
                new LoggingEvent("test", context.getLogger("dev.rooster.Test"), Level.WARN, message, trouble, null);
        return MaskingLayout.started(context).doLayout(event);
    }
}
