package dev.rooster.cli;

import dev.rooster.db.BackupFile;
import dev.rooster.db.Database;
import dev.rooster.db.DatabaseProblem;
import dev.rooster.db.DatabaseSettings;
import dev.rooster.db.Installation;
import dev.rooster.report.JdbiRestoredState;
import dev.rooster.subscriber.JdbiRefusalReplay;
import dev.rooster.suppression.RefusalLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Puts a backup in the database's place. It starts held: what was unfinished is paused, slots since the backup are unknown,
 * refusals that are newer than the backup are merged in, and nothing is sent until {@code db take-over}.
 */
@Command(name = "restore", mixinStandardHelpOptions = true)
@CommandKind(CommandKind.Where.ALONE)
final class DbRestoreCommand extends RoosterCommand {
    @Parameters(paramLabel = "FILE", descriptionKey = "db.restore.file")
    private Path file;

    private static void refuseIfOpenElsewhere(DatabaseSettings settings) {
        try {
            Database.open(settings).close();
        } catch (DatabaseProblem e) {
            if (e.kind() != DatabaseProblem.Kind.DAMAGED) { // a damaged one is what a restore is for
                throw e;
            }
        }
    }

    @Override
    protected int run(Session session) {
        App app = session.app();
        DatabaseSettings settings = app.settings().database();
        if (!settings.isEmbedded()) {
            throw UserProblem.badInput(session.text("db.postgresql"), session.text("db.postgresql.restore"));
        }
        Path backup = session.console().path(file);
        if (!Files.isRegularFile(backup) || !BackupFile.isOne(backup)) {
            throw UserProblem.badInput(session.text("db.restore.not-one", backup), null);
        }
        RefusalLog log = new RefusalLog(app.data());
        if (Files.exists(app.data().resolve("rooster.mv.db"))) {
            refuseIfOpenElsewhere(settings);
        }
        Path replaced = BackupFile.restore(backup, settings, app.clock().instant());
        try (Database database = Database.open(settings)) {
            new Installation(database, new SecureRandom(), app.clock()).hold(Installation.Hold.RESTORED);
            JdbiRestoredState restored = new JdbiRestoredState(database.jdbi(), app.clock());
            JdbiRestoredState.Summary summary = restored.pauseEverything();
            long refusals = new JdbiRefusalReplay(database.jdbi()).replay(log);
            session.console().println(session.text("db.restore.done", backup));
            if (replaced != null) {
                session.console().println(session.text("db.restore.replaced", replaced));
            }
            session.console()
                    .println(session.text(
                            "db.restore.summary",
                            summary.lastChange() == null
                                    ? "-"
                                    : summary.lastChange().toString(),
                            summary.editionsPaused(),
                            summary.deliveriesOpen(),
                            summary.issuesQueued(),
                            refusals));
            session.console().println(session.text("db.restore.held"));
        }
        return Exit.DONE;
    }
}
