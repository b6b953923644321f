package dev.rooster.cli;

import dev.rooster.issue.QueueOutcome;
import dev.rooster.issue.StoredIssue;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.newsletter.Slot;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Queues an issue for the next free slot, or for a named one. */
@Command(name = "queue", mixinStandardHelpOptions = true)
final class IssueQueueCommand extends RoosterCommand {
    @Parameters(paramLabel = "ID", descriptionKey = "issue.id")
    private long id;

    @Option(names = "--slot", paramLabel = "DATE", descriptionKey = "issue.queue.slot")
    private LocalDate slot;

    @Option(names = "--extra", descriptionKey = "issue.queue.extra")
    private boolean extra;

    @Mixin
    private JsonOption json;

    @Override
    protected int run(Session session) {
        IssueTexts texts = new IssueTexts(session);
        StoredIssue issue = texts.issue(id);
        Newsletter newsletter = texts.newsletter(issue);
        if (extra && slot == null) {
            throw UserProblem.badInput(texts.text("queue.extra-alone"), texts.text("queue.extra-alone.mend"));
        }
        QueueOutcome outcome =
                session.app().issueQueue().queue(newsletter, issue.id(), Optional.ofNullable(slot), extra);
        if (outcome instanceof QueueOutcome.Refused refused) {
            throw texts.problem(refused, issue.id().toString(), slot);
        }
        Optional<Slot> taken = ((QueueOutcome.Queued) outcome).slot();
        Optional<ForecastLines> forecast = taken.flatMap(
                        at -> session.app().delivering().forecasts().planned(newsletter, at.at()))
                .map(found -> new ForecastLines(session, newsletter, found));
        if (json.asked) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("id", issue.id().value());
            result.put("state", "queued");
            result.put("slot", taken.map(at -> at.date().toString()).orElse(null));
            result.put("at", taken.map(at -> at.at().toString()).orElse(null));
            result.put("forecast", forecast.map(ForecastLines::json).orElse(null));
            session.json(result);
        } else {
            session.console()
                    .println(taken.map(at -> texts.text(
                                    "queue.done",
                                    issue.id().toString(),
                                    issue.title(),
                                    IssueTexts.time(newsletter, at)))
                            .orElseGet(() ->
                                    texts.text("queue.done-far", issue.id().toString(), issue.title())));
            forecast.ifPresent(found -> found.lines().forEach(session.console()::println));
        }
        return Exit.DONE;
    }
}
