package dev.rooster.cli;

import dev.rooster.db.Dialect;
import dev.rooster.db.Installation;
import dev.rooster.db.Installation.Hold;
import dev.rooster.language.Messages;
import java.util.Optional;
import picocli.CommandLine.Command;

/** Makes this folder one more node of its PostgreSQL database, beside those that send from it. */
@Command(name = "join", mixinStandardHelpOptions = true)
final class DbJoinCommand extends RoosterCommand {
    @Override
    protected int run(Session session) {
        App app = session.app();
        if (app.settings().database().dialect() == Dialect.H2) {
            throw UserProblem.badInput(session.text("db.join.embedded"), session.text("db.join.embedded.mend"));
        }
        Installation installation = app.installation();
        Optional<Hold> hold = installation.check();
        if (hold.isEmpty()) {
            session.console().println(session.text("db.join.already"));
            return Exit.DONE;
        }
        JoinNodes.keys(app);
        if (!Installation.mayJoin(hold.get()) || installation.databaseHeld()) {
            throw UserProblem.failed(
                    session.text(
                            "send.held",
                            Messages.of(Installation.class, session.language()).text("hold." + hold.get())),
                    session.text("send.held.mend"));
        }
        installation.join();
        session.console().println(session.text("db.join.done"));
        return Exit.DONE;
    }
}
