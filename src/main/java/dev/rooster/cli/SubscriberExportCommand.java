package dev.rooster.cli;

import dev.rooster.newsletter.Newsletter;
import dev.rooster.subscriber.SubscriptionState;
import dev.rooster.subscriber.csv.ExportSubscribers;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Exports people as CSV. */
@Command(name = "export", mixinStandardHelpOptions = true)
final class SubscriberExportCommand extends RoosterCommand {
    private static final String BOM = "\uFEFF";

    @Parameters(paramLabel = "FILE.csv", arity = "0..1", descriptionKey = "subscriber.export.file")
    private Path file;

    @Option(names = "--status", paramLabel = "STATUS", descriptionKey = "subscriber.export.status")
    private SubscriptionState status;

    @Mixin
    private NewsletterOption newsletter;

    @Override
    protected int run(Session session) throws IOException {
        People people = new People(session);
        Newsletter source = PickNewsletter.of(session, newsletter);
        long count = file == null || file.toString().equals("-")
                ? toOutput(session, source)
                : toFile(session, people, source);
        session.app()
                .database()
                .jdbi()
                .useTransaction(handle -> people.audit(
                        handle,
                        "subscriber export",
                        source.name() + ": " + count + " people"
                                + (status == null ? "" : ", " + status.text())
                                + (file == null ? "" : ", to " + file.getFileName())));
        session.console().err().println(people.text("export.done", count, source.name()));
        return Exit.DONE;
    }

    private long toOutput(Session session, Newsletter source) throws IOException {
        Writer out = new BufferedWriter(new OutputStreamWriter(session.console().out(), StandardCharsets.UTF_8));
        return new ExportSubscribers(session.app().database()).run(source.id(), status, out, (rows, total) -> {});
    }

    /** The file is in place only when it is complete; it begins with a byte order mark, or Korean Excel takes it for CP949. */
    private long toFile(Session session, People people, Newsletter source) {
        long[] count = new long[1];
        try (ProgressBar bar = session.progress(people.text("export.progress"), -1)) {
            WholeFile.write(session, file.toString(), out -> {
                Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
                writer.write(BOM);
                count[0] = new ExportSubscribers(session.app().database())
                        .run(source.id(), status, writer, (rows, total) -> {
                            bar.maxHint(total);
                            bar.stepTo(rows);
                        });
                writer.flush();
            });
        }
        return count[0];
    }
}
