package dev.rooster.cli;

import dev.rooster.db.Installation;
import dev.rooster.language.Messages;
import picocli.CommandLine.Command;

/** Scheduler, dispatcher, bounce collector and pages, until SIGTERM. */
@Command(name = "serve", mixinStandardHelpOptions = true)
@CommandKind(CommandKind.Where.ALONE)
final class ServeCommand extends RoosterCommand {
    @Override
    protected int run(Session session) throws InterruptedException {
        LogSetup.tellMilestones();
        App app = session.app();
        StopSignal signal = StopSignal.await();
        try (Running running = Running.start(app, true)) {
            session.console()
                    .println(session.text("serve.started", app.publicUrl(), String.valueOf(running.pagesPort())));
            running.hold()
                    .ifPresent(hold -> session.console()
                            .println(session.text(
                                    "serve.held",
                                    Messages.of(Installation.class, session.language())
                                            .text("hold." + hold))));
            signal.asked();
        } finally {
            app.close();
            signal.done();
        }
        return Exit.DONE;
    }
}
