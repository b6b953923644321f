package dev.rooster.cli;

import dev.rooster.delivery.EditionChange;
import dev.rooster.issue.IssueId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Goes on with a paused issue: exactly those not yet sent. */
@Command(name = "resume", mixinStandardHelpOptions = true)
final class IssueResumeCommand extends RoosterCommand {
    @Parameters(index = "0", paramLabel = "ID", descriptionKey = "issue.id")
    long issue;

    @Mixin
    JsonOption json;

    @Override
    protected int run(Session session) {
        IssueId id = new IssueTexts(session).issue(issue).id();
        EditionChange change = session.app().delivering().editions().resume(id);
        String key = session.app().running() != null ? "issue.resumed" : "issue.resumed.nobody-sends";
        return EditionChanges.tell(session, id, change, key, json.asked);
    }
}
