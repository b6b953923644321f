package dev.rooster.cli;

import dev.rooster.issue.QueueOutcome;
import dev.rooster.issue.StoredIssue;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Takes an issue out of the queue. */
@Command(name = "unqueue", mixinStandardHelpOptions = true)
final class IssueUnqueueCommand extends RoosterCommand {
    @Parameters(paramLabel = "ID", descriptionKey = "issue.id")
    private long id;

    @Mixin
    private JsonOption json;

    @Override
    protected int run(Session session) {
        IssueTexts texts = new IssueTexts(session);
        StoredIssue issue = texts.issue(id);
        QueueOutcome outcome = session.app().issueQueue().unqueue(texts.newsletter(issue), issue.id());
        if (outcome instanceof QueueOutcome.Refused refused) {
            throw texts.problem(refused, issue.id().toString(), null);
        }
        if (json.asked) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("id", issue.id().value());
            result.put("state", "draft");
            session.json(result);
        } else {
            session.console().println(texts.text("unqueue.done", issue.id().toString(), issue.title()));
        }
        return Exit.DONE;
    }
}
