package dev.rooster.cli;

import dev.rooster.db.Database;
import picocli.CommandLine.Command;

/** Brings the schema to this program's version; on PostgreSQL this is never done by itself. */
@Command(name = "migrate", mixinStandardHelpOptions = true)
@CommandKind(CommandKind.Where.ALONE)
final class DbMigrateCommand extends RoosterCommand {
    @Override
    protected int run(Session session) {
        Database.migrate(session.app().settings().database()).close();
        session.console().println(session.text("db.migrate.done"));
        return Exit.DONE;
    }
}
