package dev.rooster.cli;

import dev.rooster.db.Installation;
import dev.rooster.language.Messages;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;

/** Scheduler, dispatcher, bounce collector and pages, until SIGTERM. */
@Command(name = "serve", mixinStandardHelpOptions = true)
@CommandKind(CommandKind.Where.ALONE)
final class ServeCommand extends RoosterCommand {
    @Override
    protected int run(Session session) throws InterruptedException {
        App app = session.app();
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Thread onSignal = new Thread(
                () -> {
                    asked.countDown();
                    try {
                        stopped.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "rooster-stop");
        Runtime.getRuntime().addShutdownHook(onSignal);
        try (Running running = Running.start(app, true)) {
            session.console()
                    .println(session.text("serve.started", app.publicUrl(), String.valueOf(running.pagesPort())));
            running.hold()
                    .ifPresent(hold -> session.console()
                            .println(session.text(
                                    "serve.held",
                                    Messages.of(Installation.class, session.language())
                                            .text("hold." + hold))));
            asked.await();
        } finally {
            app.close();
            stopped.countDown();
        }
        return Exit.DONE;
    }
}
