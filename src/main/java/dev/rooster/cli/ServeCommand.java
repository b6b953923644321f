package dev.rooster.cli;

import dev.rooster.db.Installation;
import dev.rooster.language.Messages;
import java.time.Duration;
import picocli.CommandLine.Command;

/** Scheduler, dispatcher, bounce collector and pages, until SIGTERM. */
@Command(name = "serve", mixinStandardHelpOptions = true)
@CommandKind(CommandKind.Where.ALONE)
final class ServeCommand extends RoosterCommand {
    /** How long a dead engine can go unnoticed; the process then ends, for a service manager to start it again. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

    @Override
    protected int run(Session session) throws InterruptedException {
        LogSetup.tellMilestones();
        App app = session.app();
        StopSignal signal = StopSignal.await(Running.stopMax(app, true));
        try (Running running = Running.start(app, true)) {
            session.console()
                    .println(session.text("serve.started", app.publicUrl(), String.valueOf(running.pagesPort())));
            running.hold()
                    .ifPresent(hold -> session.console()
                            .println(session.text(
                                    "serve.held",
                                    Messages.of(Installation.class, session.language())
                                            .text("hold." + hold))));
            while (!signal.askedWithin(LOOK_EVERY)) {
                running.engine().failure().ifPresent(why -> {
                    throw UserProblem.failed(
                            session.text("serve.engine-failed", why), session.text("serve.engine-failed.mend"));
                });
            }
        } finally {
            app.close();
            signal.done();
        }
        return Exit.DONE;
    }
}
