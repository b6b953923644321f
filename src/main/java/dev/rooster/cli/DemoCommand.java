package dev.rooster.cli;

import java.io.IOException;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The whole product on embedded parts, with a sandbox inbox; nothing to configure, nothing leaves the machine. */
@Command(name = "demo", mixinStandardHelpOptions = true)
@CommandKind(CommandKind.Where.HERE)
final class DemoCommand extends RoosterCommand {
    @Option(names = "--check", descriptionKey = "demo.check")
    private boolean check;

    @Option(names = "--port", paramLabel = "PORT", defaultValue = "8025", descriptionKey = "demo.port")
    private int port;

    @Override
    protected int run(Session session) throws IOException, InterruptedException {
        StopSignal signal = StopSignal.await(Duration.ofSeconds(20));
        try (DemoWorld world = DemoWorld.create(session.language())) {
            DemoStory story = new DemoStory(world, session);
            story.prepare();
            if (check) {
                world.start(0);
                return story.tell() ? Exit.DONE : Exit.FAILED;
            }
            world.start(port);
            story.send();
            session.console().println(session.text("demo.ready", world.inboxUrl()));
            signal.asked();
            return Exit.DONE;
        } finally {
            signal.done();
        }
    }
}
