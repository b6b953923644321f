package dev.rooster.cli;

import dev.rooster.delivery.EditionChange;
import dev.rooster.issue.IssueId;
import dev.rooster.issue.IssueQueue;
import dev.rooster.issue.IssueState;
import dev.rooster.issue.JdbiIssues;
import dev.rooster.issue.StoredIssue;
import dev.rooster.newsletter.Newsletter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Gives an issue up for good: what has not left is never sent. */
@Command(name = "cancel", mixinStandardHelpOptions = true)
final class IssueCancelCommand extends RoosterCommand {
    @Parameters(index = "0", paramLabel = "ID", descriptionKey = "issue.id")
    long issue;

    @Mixin
    JsonOption json;

    @Override
    protected int run(Session session) {
        App app = session.app();
        IssueTexts texts = new IssueTexts(session);
        StoredIssue stored = texts.issue(issue);
        IssueId id = stored.id();
        Newsletter newsletter = texts.newsletter(stored);
        EditionChange change = app.delivering().editions().cancel(id);
        if (change instanceof EditionChange.NoEdition) {
            new IssueQueue(app.database(), app.clock()).unqueue(newsletter, id);
            boolean moved = app.database()
                    .jdbi()
                    .inTransaction(handle -> new JdbiIssues()
                            .move(
                                    handle,
                                    id,
                                    IssueState.DRAFT,
                                    IssueState.CANCELLED,
                                    app.clock().instant()));
            if (moved) {
                return EditionChanges.done(session, id, "cancelled", "issue.cancelled", json.asked);
            }
        }
        return EditionChanges.tell(session, id, change, "issue.cancelled", json.asked);
    }
}
