package dev.rooster.cli;

import dev.rooster.language.Messages;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.subscriber.csv.FileRefused;
import dev.rooster.subscriber.csv.ImportOptions;
import dev.rooster.subscriber.csv.ImportSubscribers;
import dev.rooster.subscriber.csv.ImportSummary;
import dev.rooster.subscriber.csv.Wanted;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Imports people from a CSV file. */
@Command(name = "import", mixinStandardHelpOptions = true)
final class SubscriberImportCommand extends RoosterCommand {
    /** The standing of rows that do not tell. */
    enum Status {
        ACTIVE,
        PENDING,
        UNSUBSCRIBED
    }

    @Parameters(paramLabel = "FILE.csv", descriptionKey = "subscriber.import.file")
    private Path file;

    @Option(
            names = "--status",
            paramLabel = "STATUS",
            descriptionKey = "subscriber.import.status",
            defaultValue = "active")
    private Status status;

    @Option(names = "--dry-run", descriptionKey = "subscriber.import.dry-run")
    private boolean dryRun;

    @Mixin
    private NewsletterOption newsletter;

    @Mixin
    private JsonOption json;

    @Override
    protected int run(Session session) throws IOException {
        People people = new People(session);
        Newsletter target = PickNewsletter.of(session, newsletter);
        Messages messages = Messages.of(ImportSubscribers.class, session.language());
        ImportSubscribers importer = new ImportSubscribers(
                session.app().database(),
                session.app().keys().addressHash(),
                people.refusals(),
                session.app().clock());
        ImportOptions options = new ImportOptions(
                Wanted.valueOf(status.name()), target.settings().zone(), dryRun);
        ImportSummary summary;
        try (ProgressBar bar = session.progress(people.text("import.progress"), -1)) {
            summary = importer.run(session.console().path(file), target.id(), options, messages, (rows, total) -> {
                bar.maxHint(total);
                bar.stepTo(rows);
            });
        } catch (FileRefused e) {
            throw UserProblem.badInput(
                    file + ": " + e.problem().text(messages), e.problem().mend(messages));
        }
        if (json.asked) {
            session.json(json(target, summary));
        } else {
            print(session, people, target, summary);
        }
        return summary.bad() > 0 ? Exit.PARTLY : Exit.DONE;
    }

    private void print(Session session, People people, Newsletter target, ImportSummary summary) {
        Console console = session.console();
        console.println(people.text(
                summary.dryRun() ? "import.title.dry-run" : "import.title",
                file.toString(),
                target.name(),
                summary.charset()));
        Table table = new Table(people.text("import.rows"), number(summary.rows()));
        table.row(people.text("import.added"), number(summary.added()));
        table.row(people.text("import.updated"), number(summary.updated()));
        table.row(people.text("import.unchanged"), number(summary.unchanged()));
        table.row(people.text("import.unsubscribed"), number(summary.unsubscribed()));
        table.row(people.text("import.duplicates"), number(summary.duplicates()));
        table.row(people.text("import.refused"), number(summary.refused()));
        table.row(people.text("import.bad"), number(summary.bad()));
        table.print(console);
        if (!summary.columns().isEmpty()) {
            console.println(people.text(
                    "import.columns",
                    summary.columns().entrySet().stream()
                            .map(entry -> entry.getKey() + " = " + entry.getValue())
                            .collect(Collectors.joining(", "))));
        }
        if (!summary.ignored().isEmpty()) {
            console.println(people.text("import.ignored", String.join(", ", summary.ignored())));
        }
        summary.rejectedFile().ifPresent(rejected -> console.println(people.text("import.rejected", rejected)));
    }

    private static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private static Map<String, Object> json(Newsletter target, ImportSummary summary) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("file", summary.file().toString());
        json.put("newsletter", target.name());
        json.put("dry_run", summary.dryRun());
        json.put("charset", summary.charset());
        json.put("rows", summary.rows());
        json.put("added", summary.added());
        json.put("updated", summary.updated());
        json.put("unchanged", summary.unchanged());
        json.put("unsubscribed", summary.unsubscribed());
        json.put("duplicates", summary.duplicates());
        json.put("refused", summary.refused());
        json.put("bad", summary.bad());
        json.put("rejected", summary.rejected());
        json.put("rejected_file", summary.rejectedFile().map(Path::toString).orElse(null));
        json.put("columns", summary.columns());
        json.put("ignored_columns", summary.ignored());
        return json;
    }
}
