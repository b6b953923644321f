package dev.rooster.cli;

import dev.rooster.delivery.EditionChange;
import dev.rooster.delivery.Editions;
import dev.rooster.delivery.ProviderTally;
import dev.rooster.issue.IssueId;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Goes on with a paused issue: exactly those not yet sent. */
@Command(name = "resume", mixinStandardHelpOptions = true)
final class IssueResumeCommand extends RoosterCommand {
    @Parameters(index = "0", paramLabel = "ID", descriptionKey = "issue.id")
    long issue;

    @Option(names = "--provider", paramLabel = "NAME", descriptionKey = "issue.resume.provider")
    String provider;

    @Mixin
    JsonOption json;

    @Override
    protected int run(Session session) {
        IssueId id = new IssueTexts(session).issue(issue).id();
        if (provider != null) {
            return resumeProvider(session, id);
        }
        EditionChange change = session.app().delivering().editions().resume(id);
        String key = session.app().running() != null ? "issue.resumed" : "issue.resumed.nobody-sends";
        return EditionChanges.tell(session, id, change, key, json.asked);
    }

    private int resumeProvider(Session session, IssueId id) {
        Editions editions = session.app().delivering().editions();
        EditionChange change = editions.resumeProvider(id, provider.toLowerCase(Locale.ROOT));
        if (change instanceof EditionChange.NotNow notNow) {
            String paused = editions.providers(notNow.edition().id()).stream()
                    .filter(ProviderTally::paused)
                    .map(ProviderTally::provider)
                    .collect(Collectors.joining(", "));
            String key = paused.isEmpty() ? "issue.resume.no-provider" : "issue.resume.not-this-provider";
            throw UserProblem.badInput(session.text(key, id.toString(), provider, paused), null);
        }
        return EditionChanges.tell(session, id, change, "issue.resumed.provider", json.asked);
    }
}
