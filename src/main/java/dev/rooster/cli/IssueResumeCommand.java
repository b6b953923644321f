package dev.rooster.cli;

import dev.rooster.delivery.EditionChange;
import dev.rooster.delivery.Editions;
import dev.rooster.delivery.ProviderTally;
import dev.rooster.issue.IssueId;
import dev.rooster.issue.SlotRow;
import dev.rooster.issue.StoredIssue;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.review.ReviewOutcome;
import java.util.Locale;
import java.util.Optional;
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
        IssueTexts texts = new IssueTexts(session);
        StoredIssue stored = texts.issue(issue);
        IssueId id = stored.id();
        if (provider != null) {
            return resumeProvider(session, id);
        }
        Newsletter newsletter = texts.newsletter(stored);
        Optional<ReviewOutcome> released = session.app().delivering().reviews().release(newsletter, id);
        if (session.app().delivering().editions().find(id).isEmpty() && released.isPresent()) {
            return tell(session, newsletter, id, released.get());
        }
        if (released.filter(ReviewOutcome.STARTED::equals).isPresent()) {
            return EditionChanges.done(session, id, "sending", startedKey(session), json.asked);
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

    private static String startedKey(Session session) {
        return session.app().running() != null ? "issue.released.started" : "issue.resumed.nobody-sends";
    }

    /** Nothing was sent yet: a hold was lifted, or something else keeps it from being started. */
    private int tell(Session session, Newsletter newsletter, IssueId id, ReviewOutcome outcome) {
        if (outcome != ReviewOutcome.REFUSED) {
            return EditionChanges.done(session, id, "queued", "issue.released", json.asked);
        }
        String why = session.app().issueQueue().history(newsletter).stream()
                .filter(row -> row.issue().filter(id::equals).isPresent())
                .map(SlotRow::note)
                .reduce("", (earlier, later) -> later);
        throw UserProblem.failed(session.text("issue.released.refused", id.toString(), why), null);
    }
}
