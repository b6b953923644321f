package dev.rooster.cli;

import dev.rooster.issue.IssueId;
import dev.rooster.issue.IssueQueue;
import dev.rooster.issue.JdbiIssues;
import dev.rooster.issue.QueuePlan;
import dev.rooster.issue.SlotRow;
import dev.rooster.issue.SlotState;
import dev.rooster.issue.StoredIssue;
import dev.rooster.newsletter.Newsletter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the coming slots with their issues, after what became of the last ones. */
@Command(name = "list", mixinStandardHelpOptions = true)
final class SlotListCommand extends RoosterCommand {
    private static final int PAST_SHOWN = 5;

    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = PositiveNumber.class,
            defaultValue = "8",
            descriptionKey = "slot.list.limit")
    private int limit;

    @Mixin
    private NewsletterOption newsletter;

    @Mixin
    private JsonOption json;

    /** One line of the list. */
    private record Line(LocalDate date, String at, String state, Optional<StoredIssue> issue, String note) {}

    @Override
    protected int run(Session session) {
        IssueTexts texts = new IssueTexts(session);
        Newsletter target = PickNewsletter.of(session, newsletter);
        IssueQueue queue = session.app().issueQueue();
        List<Line> lines = new ArrayList<>(decided(session, queue.history(target)));
        queue.plan(target).places().stream()
                .limit(limit)
                .map(place -> planned(session, target, place))
                .forEach(lines::add);
        lines.sort(Comparator.comparing(Line::date));
        if (json.asked) {
            session.json(lines.stream().map(SlotListCommand::json).toList());
            return Exit.DONE;
        }
        Table table = new Table(
                texts.text("slots.date"), texts.text("slots.at"), texts.text("slots.state"), texts.text("slots.issue"));
        for (Line line : lines) {
            String issue = line.issue()
                    .map(found -> found.id() + "  " + found.title())
                    .orElse(line.note().isEmpty() ? null : line.note());
            table.row(line.date(), line.at().isEmpty() ? null : line.at(), texts.text("slots." + line.state()), issue);
        }
        table.print(session.console());
        return Exit.DONE;
    }

    /** What was written about slots, without those that are still to come: the plan has them. */
    private static List<Line> decided(Session session, List<SlotRow> rows) {
        List<Line> lines = rows.stream()
                .filter(row -> row.state() != SlotState.PLANNED)
                .map(row -> new Line(
                        row.date(),
                        "",
                        row.state().name().toLowerCase(Locale.ROOT),
                        row.issue().flatMap(id -> find(session, id)),
                        row.movedTo().map(date -> "→ " + date).orElse(row.note())))
                .toList();
        return lines.subList(Math.max(0, lines.size() - PAST_SHOWN), lines.size());
    }

    private static Line planned(Session session, Newsletter newsletter, QueuePlan.Place place) {
        return new Line(
                place.slot().date(),
                IssueTexts.time(newsletter, place.slot()),
                place.issue().isPresent() ? "taken" : "free",
                place.issue().flatMap(id -> find(session, id)),
                "");
    }

    private static Optional<StoredIssue> find(Session session, IssueId id) {
        return session.app().database().jdbi().withHandle(handle -> new JdbiIssues().find(handle, id));
    }

    private static Map<String, Object> json(Line line) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("date", line.date().toString());
        json.put("state", line.state());
        json.put("issue", line.issue().map(issue -> issue.id().value()).orElse(null));
        json.put("note", line.note());
        return json;
    }
}
