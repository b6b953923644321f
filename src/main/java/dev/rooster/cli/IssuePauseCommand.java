package dev.rooster.cli;

import dev.rooster.delivery.EditionChange;
import dev.rooster.issue.IssueId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Stops the sending of an issue at once. */
@Command(name = "pause", mixinStandardHelpOptions = true)
final class IssuePauseCommand extends RoosterCommand {
    @Parameters(index = "0", paramLabel = "ID", descriptionKey = "issue.id")
    long issue;

    @Option(names = "--reason", paramLabel = "TEXT", descriptionKey = "issue.pause.reason", defaultValue = "")
    String reason;

    @Mixin
    JsonOption json;

    @Override
    protected int run(Session session) {
        IssueId id = new IssueTexts(session).issue(issue).id();
        EditionChange change = session.app().delivering().editions().pause(id, reason);
        return EditionChanges.tell(session, id, change, "issue.paused", json.asked);
    }
}
