package dev.rooster.cli;

import dev.rooster.issue.IssueId;
import dev.rooster.issue.JdbiIssues;
import dev.rooster.issue.QueuePlan;
import dev.rooster.issue.StoredIssue;
import dev.rooster.newsletter.Newsletter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists issues, the newest first. */
@Command(name = "list", mixinStandardHelpOptions = true)
final class IssueListCommand extends RoosterCommand {
    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = PositiveNumber.class,
            defaultValue = "50",
            descriptionKey = "issue.list.limit")
    private int limit;

    @Mixin
    private NewsletterOption newsletter;

    @Mixin
    private JsonOption json;

    @Override
    protected int run(Session session) {
        IssueTexts texts = new IssueTexts(session);
        Newsletter target = PickNewsletter.of(session, newsletter);
        List<StoredIssue> issues =
                session.app().database().jdbi().withHandle(handle -> new JdbiIssues().list(handle, target.id(), limit));
        QueuePlan plan = session.app().issueQueue().plan(target);
        if (json.asked) {
            session.json(issues.stream().map(issue -> json(plan, issue)).toList());
            return Exit.DONE;
        }
        if (issues.isEmpty()) {
            session.console().println(texts.text("list.empty"));
            return Exit.DONE;
        }
        Table table = new Table("ID", texts.text("list.state"), texts.text("list.slot"), texts.text("list.title"));
        issues.forEach(
                issue -> table.row(issue.id(), texts.state(issue.state()), slot(plan, issue.id()), issue.title()));
        table.print(session.console());
        return Exit.DONE;
    }

    private static String slot(QueuePlan plan, IssueId id) {
        return plan.slotOf(id).map(slot -> slot.date().toString()).orElse(null);
    }

    private static Map<String, Object> json(QueuePlan plan, StoredIssue issue) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", issue.id().value());
        json.put("state", issue.state().word());
        json.put("title", issue.title());
        json.put("subject", issue.subject());
        json.put("slot", slot(plan, issue.id()));
        json.put("added", issue.createdAt().toString());
        return json;
    }
}
