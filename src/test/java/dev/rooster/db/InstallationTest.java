package dev.rooster.db;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.db.Installation.Hold;
import dev.rooster.fixtures.Databases;
import dev.rooster.fixtures.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationTest {
    @TempDir
    Path folder;

    private final SettableClock clock = SettableClock.at("2026-12-01T00:00:00Z");

    @Test
    void aNewFolderAndANewDatabaseBelongTogether() throws IOException {
        Path data = folder.resolve("a");
        assertThat(check(data)).isEmpty();
        assertThat(check(data)).isEmpty();
    }

    @Test
    void aCopiedFolderIsHeldUntilSomebodyAnswersAndThenTheOldOneIs() throws IOException {
        Path original = folder.resolve("a");
        Path copy = Files.createDirectories(folder.resolve("b"));
        assertThat(check(original)).isEmpty();
        for (String name : new String[] {"rooster.mv.db", "installation"}) {
            Files.copy(original.resolve(name), copy.resolve(name));
        }
        assertThat(check(copy)).contains(Hold.COPIED_FOLDER);
        assertThat(check(copy)).as("it stays held").contains(Hold.COPIED_FOLDER);
        assertThat(check(original)).isEmpty();
        takeOver(copy);
        assertThat(check(copy)).isEmpty();
    }

    @Test
    void aDatabaseThatCameFromElsewhereIsHeld() throws IOException {
        assertThat(check(folder.resolve("a"))).isEmpty();
        assertThat(check(folder.resolve("b"))).isEmpty();
        Files.copy(
                folder.resolve("a/rooster.mv.db"),
                folder.resolve("b/rooster.mv.db"),
                StandardCopyOption.REPLACE_EXISTING);
        assertThat(check(folder.resolve("b"))).contains(Hold.OTHER_DATABASE);
        Files.createDirectories(folder.resolve("c"));
        Files.copy(folder.resolve("a/rooster.mv.db"), folder.resolve("c/rooster.mv.db"));
        assertThat(check(folder.resolve("c"))).contains(Hold.OTHER_DATABASE);
    }

    @Test
    void aFurtherFolderAtADatabaseOthersSendFromIsHeldAloneUntilItJoins() {
        DatabaseSettings shared = Databases.postgresSettings();
        try (Database database = Database.open(at(shared, "a"));
                Database again = Database.open(at(shared, "b"))) {
            Installation first = new Installation(database, new SecureRandom(), clock);
            Installation further = new Installation(again, new SecureRandom(), clock);
            assertThat(first.check()).isEmpty();
            lives(database, true);
            assertThat(further.check()).contains(Hold.OTHER_DATABASE);
            assertThat(first.check()).as("the others go on").isEmpty();
            further.join();
            assertThat(further.check()).isEmpty();
            assertThat(first.check()).isEmpty();
            first.takeOver();
            assertThat(further.check()).contains(Hold.TAKEN_OVER);
            further.join();
            assertThat(further.check()).isEmpty();
        }
    }

    @Test
    void aDatabaseNobodySendsFromIsHeldForEverybody() {
        DatabaseSettings shared = Databases.postgresSettings();
        try (Database database = Database.open(at(shared, "a"));
                Database again = Database.open(at(shared, "b"))) {
            Installation first = new Installation(database, new SecureRandom(), clock);
            assertThat(first.check()).isEmpty();
            lives(database, false);
            assertThat(new Installation(again, new SecureRandom(), clock).check())
                    .contains(Hold.OTHER_DATABASE);
            assertThat(first.check()).contains(Hold.OTHER_DATABASE);
        }
    }

    private DatabaseSettings at(DatabaseSettings shared, String data) {
        return new DatabaseSettings(shared.url(), shared.username(), shared.password(), 2, folder.resolve(data));
    }

    private static void lives(Database database, boolean alive) {
        database.jdbi()
                .useHandle(handle -> handle.execute(
                        "insert into sending_node (owner, started_at, lease_until) values ('n', now(), now() + "
                                + (alive ? "interval '1 hour'" : "interval '-1 second'") + ")"));
    }

    @Test
    void anOlderFilePutBackByHandIsHeld() throws IOException {
        Path data = folder.resolve("a");
        assertThat(check(data)).isEmpty();
        Files.copy(data.resolve("rooster.mv.db"), folder.resolve("kept"));
        takeOver(data);
        Files.copy(folder.resolve("kept"), data.resolve("rooster.mv.db"), StandardCopyOption.REPLACE_EXISTING);
        assertThat(check(data)).contains(Hold.OLDER_DATABASE);
    }

    @Test
    void anOldMachineThatWakesUpIsHeld() throws IOException {
        Path data = folder.resolve("a");
        assertThat(check(data)).isEmpty();
        String before = Files.readString(data.resolve("installation"));
        takeOver(data);
        Files.writeString(data.resolve("installation"), before);
        assertThat(check(data)).contains(Hold.TAKEN_OVER);
    }

    @Test
    void aRestoredBackupIsHeldAndTheReplacedFileIsKept() throws IOException {
        Path data = folder.resolve("a");
        assertThat(check(data)).isEmpty();
        Path backup = folder.resolve("backup.zip");
        DatabaseSettings settings = DatabaseSettings.embedded(data);
        try (Database database = Database.open(settings)) {
            BackupFile.write(database, backup);
        }
        assertThat(BackupFile.isOne(backup)).isTrue();
        Path replaced = BackupFile.restore(backup, settings, clock.instant());
        assertThat(replaced).exists();
        assertThat(check(data)).contains(Hold.RESTORED);
    }

    /** The file was backed up by H2 while {@code serve} wrote to it; what was committed after its restore got lost. */
    @Test
    void whatIsCommittedAfterTheRestoreOfABackupMadeDuringWritesStays() throws IOException {
        Path data = Files.createDirectories(folder.resolve("a"));
        Path backup = folder.resolve("backup.zip");
        try (var in = InstallationTest.class.getResourceAsStream("backup-made-while-writing.zip")) {
            Files.copy(in, backup);
        }
        DatabaseSettings settings = DatabaseSettings.embedded(data);
        BackupFile.restore(backup, settings, clock.instant());
        try (Database database = Database.open(settings)) {
            installation(database).hold(Hold.RESTORED);
        }
        assertThat(check(data)).contains(Hold.RESTORED);
        takeOver(data);
        assertThat(check(data)).isEmpty();
    }

    @Test
    void aDamagedBackupChangesNothing() throws IOException {
        Path data = folder.resolve("a");
        assertThat(check(data)).isEmpty();
        Path notOne = Files.writeString(folder.resolve("x.zip"), "no zip");
        assertThat(BackupFile.isOne(notOne)).isFalse();
        assertThat(check(data)).isEmpty();
    }

    private Optional<Hold> check(Path data) {
        try (Database database = Database.open(DatabaseSettings.embedded(data))) {
            return installation(database).check();
        }
    }

    private void takeOver(Path data) {
        try (Database database = Database.open(DatabaseSettings.embedded(data))) {
            installation(database).takeOver();
        }
    }

    private Installation installation(Database database) {
        return new Installation(database, new SecureRandom(), clock);
    }
}
