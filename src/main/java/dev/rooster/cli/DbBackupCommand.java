package dev.rooster.cli;

import dev.rooster.db.BackupFile;
import dev.rooster.db.Dialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Writes a backup of the embedded database, while it is in use too. */
@Command(name = "backup", mixinStandardHelpOptions = true)
final class DbBackupCommand extends RoosterCommand {
    @Parameters(paramLabel = "FILE", descriptionKey = "db.backup.file")
    private Path file;

    @Override
    protected int run(Session session) throws IOException {
        App app = session.app();
        if (app.settings().database().dialect() == Dialect.POSTGRESQL) {
            throw UserProblem.badInput(session.text("db.postgresql"), session.text("db.postgresql.backup"));
        }
        Path target = session.console().path(file);
        if (target.getParent() == null || !Files.isDirectory(target.getParent()) || Files.isDirectory(target)) {
            throw UserProblem.badInput(session.text("db.backup.folder", target), null);
        }
        app.settle();
        BackupFile.write(app.database(), target);
        session.console().println(session.text("db.backup.done", target, Files.size(target) / 1024));
        return Exit.DONE;
    }
}
