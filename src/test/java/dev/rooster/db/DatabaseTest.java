package dev.rooster.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rooster.fixtures.Databases;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DatabaseTest {
    @ParameterizedTest
    @EnumSource
    void instantsSurviveForeignTimeZones(Databases.Kind kind) {
        Instant at = Instant.parse("2026-12-01T22:00:00.123456Z");
        try (Database database = Databases.open(kind)) {
            Instant read = database.jdbi().withHandle(handle -> {
                handle.createUpdate("insert into audit (at, actor, action, detail) values (:at, 'a', 'b', 'c')")
                        .bind("at", at)
                        .execute();
                return handle.createQuery("select at from audit where at = :at")
                        .bind("at", at)
                        .mapTo(Instant.class)
                        .one();
            });
            assertThat(read).isEqualTo(at);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBrokenConstraintIsToldByItsState(Databases.Kind kind) {
        try (Database database = Databases.open(kind)) {
            assertThatThrownBy(() -> database.jdbi()
                            .useHandle(handle -> handle.execute(
                                    "insert into subscription (newsletter_id, subscriber_id, state, since, source) values (1, 1, 'active', "
                                            + database.dialect().now() + ", 'x')")))
                    .matches(Database::isConstraintViolation);
        }
    }

    /** What fails is logged, and no log holds a whole address. */
    @ParameterizedTest
    @EnumSource
    void aFailureDoesNotRepeatWhatWasBound(Databases.Kind kind) {
        try (Database database = Databases.open(kind)) {
            assertThatThrownBy(() -> database.jdbi()
                            .useHandle(handle -> handle.createUpdate(
                                            "insert into audit (at, actor, action, detail) values (:at, :who, null, 'c')")
                                    .bind("at", Instant.parse("2026-12-01T22:00:00Z"))
                                    .bind("who", "hong@example.com")
                                    .execute()))
                    .matches(Database::isConstraintViolation)
                    .satisfies(e -> {
                        for (Throwable t = e; t != null; t = t.getCause()) {
                            assertThat(t.toString()).doesNotContain("hong@example.com");
                        }
                    });
        }
    }

    @Test
    void openingTwiceMigratesOnce(@TempDir Path folder) {
        DatabaseSettings settings = DatabaseSettings.embedded(folder);
        Database.open(settings).close();
        Database.open(settings).close();
        assertThat(folder.resolve("rooster.mv.db")).exists();
        assertThat(folder).isDirectoryNotContaining("glob:**before-schema**");
    }

    @Test
    void theFileIsItsOwnersAlone(@TempDir Path folder) throws java.io.IOException {
        Database.open(DatabaseSettings.embedded(folder)).close();
        assertThat(java.nio.file.attribute.PosixFilePermissions.toString(
                        java.nio.file.Files.getPosixFilePermissions(folder.resolve("rooster.mv.db"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aNewerSchemaIsRefused(@TempDir Path folder) {
        DatabaseSettings settings = DatabaseSettings.embedded(folder);
        try (Database database = Database.open(settings)) {
            database.jdbi().useHandle(handle -> handle.execute("""
                    insert into "flyway_schema_history" ("installed_rank", "version", "description", "type", "script", "installed_by", "execution_time", "success")
                    values (99999, '99999', 'from the future', 'SQL', 'V99999__x.sql', 'sa', 1, true)
                    """));
        }
        assertThatThrownBy(() -> Database.open(settings))
                .isInstanceOfSatisfying(
                        DatabaseProblem.class,
                        problem -> assertThat(problem.kind()).isEqualTo(DatabaseProblem.Kind.NEWER_SCHEMA));
    }

    @Test
    void anH2FileThatIsOpenElsewhereIsRefused(@TempDir Path folder) throws Exception {
        DatabaseSettings settings = DatabaseSettings.embedded(folder);
        Database.open(settings).close();
        // H2 allows a second opening within one process, so the lock is taken as another process would
        try (var file = java.nio.channels.FileChannel.open(
                        folder.resolve("rooster.mv.db"), java.nio.file.StandardOpenOption.WRITE);
                var lock = file.lock()) {
            assertThat(lock.isValid()).isTrue();
            assertThatThrownBy(() -> Database.open(settings))
                    .isInstanceOfSatisfying(
                            DatabaseProblem.class,
                            problem -> assertThat(problem.kind()).isEqualTo(DatabaseProblem.Kind.IN_USE));
        }
    }

    @Test
    void anOlderPostgresIsMigratedOnlyWhenAsked() {
        DatabaseSettings settings = Databases.postgresSettings();
        try (Database database = Database.open(settings)) {
            database.jdbi().useHandle(handle -> {
                handle.execute("drop table feedback");
                handle.execute("drop table bounce");
                handle.execute("drop table notice");
                handle.execute("delete from \"flyway_schema_history\" where \"version\" = '005'");
            });
        }
        assertThatThrownBy(() -> Database.open(settings))
                .isInstanceOfSatisfying(
                        DatabaseProblem.class,
                        problem -> assertThat(problem.kind()).isEqualTo(DatabaseProblem.Kind.OLDER_SCHEMA));
    }

    @Test
    void aWrongUrlAndAnUnreachableServerAreTold(@TempDir Path folder) {
        assertThatThrownBy(
                        () -> Database.open(new DatabaseSettings("jdbc:mysql://x?password=p", null, null, 4, folder)))
                .isInstanceOf(DatabaseProblem.class)
                .hasMessageNotContaining("password");
        assertThatThrownBy(() -> Database.open(
                        new DatabaseSettings("jdbc:postgresql://127.0.0.1:1/x", "u", "secret", 4, folder)))
                .isInstanceOfSatisfying(
                        DatabaseProblem.class,
                        problem -> assertThat(problem.kind()).isEqualTo(DatabaseProblem.Kind.CONNECT))
                .hasMessageNotContaining("secret");
        assertThat(Files.exists(folder)).isTrue();
    }

    @Test
    void anInterruptedThreadDoesNotCloseTheDatabaseForTheOthers() throws InterruptedException {
        try (Database database = Databases.h2()) {
            for (int round = 0; round < 10; round++) {
                CountDownLatch writing = new CountDownLatch(20);
                Thread writer = new Thread(
                        () -> {
                            try {
                                for (int i = 0;
                                        i < 2_000 && !Thread.currentThread().isInterrupted();
                                        i++) {
                                    audit(database);
                                    writing.countDown();
                                }
                            } catch (RuntimeException e) {
                                // The interrupted one may fail; the others must not.
                            }
                        },
                        "writer");
                writer.start();
                assertThat(writing.await(30, TimeUnit.SECONDS)).isTrue();
                writer.interrupt();
                writer.join();
                audit(database);
            }
        }
    }

    private static void audit(Database database) {
        database.jdbi()
                .useHandle(handle -> handle.execute(
                        "insert into audit (at, actor, action, detail) values (current_timestamp, 'a', 'b', 'c')"));
    }

    /** With 0 as retention, acknowledged commits are lost when the process is killed while it writes over dead pages. */
    @Test
    void theEmbeddedDatabaseWritesAtOnceAndOverwritesNoPageThatItsLastStateStillNames() {
        try (Database database = Databases.h2()) {
            assertThat(setting(database, "WRITE_DELAY")).isNotEmpty().containsOnly(0);
            assertThat(setting(database, "RETENTION_TIME"))
                    .isNotEmpty()
                    .allSatisfy(millis -> assertThat(millis).isBetween(1_000, 45_000));
        }
    }

    /** As when its disk was full for a moment. */
    @Test
    void anEmbeddedDatabaseThatClosedItselfIsOpenedAgain() {
        try (Database database = Databases.h2()) {
            for (int connection = 0; connection < 3; connection++) {
                database.jdbi()
                        .useHandle(handle -> assertThat(
                                        database.jdbi().<Integer, RuntimeException>withHandle(DatabaseTest::one))
                                .isEqualTo(1));
            }
            try {
                database.jdbi().useHandle(handle -> handle.execute("shutdown immediately"));
            } catch (RuntimeException e) {
                // it says that it has closed
            }
            int failures = 0;
            while (failures < 10) {
                try {
                    assertThat(database.jdbi().<Integer, RuntimeException>inTransaction(DatabaseTest::one))
                            .isEqualTo(1);
                    return;
                } catch (RuntimeException e) {
                    failures++;
                }
            }
            assertThat(failures).as("every connection is dead").isZero();
        }
    }

    private static int one(org.jdbi.v3.core.Handle handle) {
        return handle.createQuery("select 1").mapTo(Integer.class).one();
    }

    private static java.util.List<Integer> setting(Database database, String name) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(
                                "select setting_value from information_schema.settings where setting_name = :name")
                        .bind("name", name)
                        .mapTo(Integer.class)
                        .list());
    }
}
