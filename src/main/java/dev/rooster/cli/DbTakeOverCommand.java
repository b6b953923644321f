package dev.rooster.cli;

import dev.rooster.db.Installation;
import dev.rooster.db.Installation.Hold;
import dev.rooster.language.Messages;
import java.util.Optional;
import picocli.CommandLine.Command;

/** The answer to a held database: this folder may send from it from now on, and no other machine may. */
@Command(name = "take-over", mixinStandardHelpOptions = true)
final class DbTakeOverCommand extends RoosterCommand {
    @Override
    protected int run(Session session) {
        Installation installation = session.app().installation();
        Optional<Hold> hold = installation.check();
        if (hold.isEmpty()) {
            session.console().println(session.text("db.take-over.not-held"));
            return Exit.DONE;
        }
        installation.takeOver();
        String reason = Messages.of(Installation.class, session.language()).text("hold." + hold.get());
        session.console().println(session.text("db.take-over.done", reason));
        return Exit.DONE;
    }
}
