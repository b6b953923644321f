package dev.rooster.cli;

import dev.rooster.db.Database;
import dev.rooster.db.DatabaseSettings;
import dev.rooster.db.JdbiMove;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Carries everything into another, empty database. Both are held afterwards, until a person takes over. */
@Command(name = "move", mixinStandardHelpOptions = true)
@CommandKind(CommandKind.Where.ALONE)
final class DbMoveCommand extends RoosterCommand {
    @Option(names = "--to", paramLabel = "JDBC_URL", required = true, descriptionKey = "db.move.to")
    private String url;

    @Option(names = "--username", paramLabel = "NAME", descriptionKey = "db.move.username")
    private String username;

    @Option(names = "--password-file", paramLabel = "FILE", descriptionKey = "db.move.password-file")
    private Path passwordFile;

    @Mixin
    private JsonOption json;

    @Override
    protected int run(Session session) throws IOException, SQLException {
        App app = session.app();
        DatabaseSettings target = new DatabaseSettings(
                url, username, password(session), DatabaseSettings.CONNECTIONS_DEFAULT, app.data());
        target.dialect(); // says at once what is no URL of a database
        Database source = app.database();
        app.installation().check();
        try (Database into = Database.migrate(target)) {
            JdbiMove move = new JdbiMove(source, into);
            if (!move.targetIsEmpty()) {
                throw UserProblem.badInput(session.text("db.move.not-empty"), session.text("db.move.not-empty.mend"));
            }
            Map<String, Long> moved;
            try (ProgressBar bar = session.progress(session.text("db.move.rows"), move.rows())) {
                moved = move.run(bar::stepTo);
            }
            if (json.asked) {
                session.json(Map.of("tables", moved));
                return Exit.DONE;
            }
            long rows = moved.values().stream().mapToLong(Long::longValue).sum();
            session.console().println(session.text("db.move.done", String.valueOf(rows), String.valueOf(moved.size())));
            session.console().println(session.text("db.move.next"));
            return Exit.DONE;
        }
    }

    private String password(Session session) throws IOException {
        if (passwordFile == null) {
            return null;
        }
        Path file = session.console().path(passwordFile);
        if (!Files.isReadable(file)) {
            throw UserProblem.badInput(session.text("db.move.password-file", file), null);
        }
        return Files.readString(file).strip();
    }
}
