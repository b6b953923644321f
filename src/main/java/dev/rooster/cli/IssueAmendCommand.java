package dev.rooster.cli;

import dev.rooster.delivery.AmendOutcome;
import dev.rooster.delivery.Edition;
import dev.rooster.issue.AddOutcome;
import dev.rooster.issue.IssueId;
import dev.rooster.issue.Outline;
import dev.rooster.issue.ParsedIssue;
import dev.rooster.issue.StoredIssue;
import dev.rooster.newsletter.Newsletter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Mends an issue in a pause of its sending, for those who have not got it yet. */
@Command(name = "amend", mixinStandardHelpOptions = true)
final class IssueAmendCommand extends RoosterCommand {
    @Parameters(index = "0", paramLabel = "ID", descriptionKey = "issue.id")
    long issue;

    @Parameters(index = "1", paramLabel = "FILE.md", descriptionKey = "issue.amend.file")
    Path file;

    @Option(names = "--dry-run", descriptionKey = "issue.amend.dry-run")
    boolean dryRun;

    @Mixin
    JsonOption json;

    @Override
    protected int run(Session session) {
        IssueTexts texts = new IssueTexts(session);
        StoredIssue stored = texts.issue(issue);
        Newsletter newsletter = texts.newsletter(stored);
        IssueFile text = IssueFile.read(session, texts, file);
        session.app().settle();
        AmendOutcome outcome = session.app()
                .delivering()
                .amending()
                .amend(newsletter, stored.id(), text.name(), text.bytes(), text.pictures(), dryRun);
        if (outcome instanceof AmendOutcome.Amended amended) {
            warn(texts, amended.parsed());
            return tell(session, amended);
        }
        if (outcome instanceof AmendOutcome.FileRefused refused) {
            return refused(session, texts, refused.outcome());
        }
        throw problem(session, texts, stored.id(), outcome);
    }

    private void warn(IssueTexts texts, ParsedIssue parsed) {
        if (!json.asked) {
            texts.warn(parsed.findings());
        }
    }

    private int refused(Session session, IssueTexts texts, AddOutcome outcome) {
        warn(texts, outcome.parsed());
        if (json.asked && outcome instanceof AddOutcome.Refused) {
            session.json(texts.faults(outcome.parsed()));
            return Exit.BAD_INPUT;
        }
        throw texts.problem(outcome);
    }

    private UserProblem problem(Session session, IssueTexts texts, IssueId id, AmendOutcome outcome) {
        String issueId = id.toString();
        if (outcome instanceof AmendOutcome.NotPaused not) {
            String state = not.edition().state().word();
            String key = "issue.amend.not-paused." + state + ".mend";
            return UserProblem.badInput(
                    session.text("issue.amend.not-paused", issueId, session.text("edition-state." + state)),
                    session.text(key, issueId));
        }
        if (outcome instanceof AmendOutcome.NothingChanged same) {
            warn(texts, same.parsed());
            return UserProblem.badInput(
                    session.text(
                            "issue.amend.same",
                            issueId,
                            String.valueOf(same.edition().version())),
                    null);
        }
        if (outcome instanceof AmendOutcome.NotSendable not) {
            return UserProblem.badInput(not.refusal().message(session.language()), null);
        }
        return UserProblem.badInput(
                session.text("issue.not-started", issueId), session.text("issue.amend.not-started.mend", issueId));
    }

    private int tell(Session session, AmendOutcome.Amended amended) {
        Edition edition = amended.edition();
        String outline = Outline.of(amended.parsed().document(), session.language());
        if (json.asked) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("issue", issue);
            result.put("version", amended.version());
            result.put("dry_run", dryRun);
            result.put("changes", amended.difference().summary());
            result.put("links_added", amended.difference().linksAdded());
            result.put("links_removed", amended.difference().linksRemoved());
            result.put("get_it", amended.rest().newVersion());
            result.put("keep_older", amended.rest().kept());
            result.put("state", edition.state().word());
            result.put("expires", edition.expiresAt().toString());
            result.put("outline", outline);
            session.json(result);
            return Exit.DONE;
        }
        String lines = amended.difference().lines(session.language());
        session.console()
                .println(session.text(
                        dryRun ? "issue.amend.would" : "issue.amend.done",
                        edition.issue().toString(),
                        String.valueOf(amended.version()),
                        amended.rest().newVersion()));
        session.console().println(outline);
        session.console().println(session.text("issue.amend.difference"));
        session.console().println(lines.isEmpty() ? "  " + session.text("issue.amend.look") : lines);
        if (amended.rest().kept() > 0) {
            session.console()
                    .println(session.text("issue.amend.kept", amended.rest().kept()));
        }
        if (!dryRun) {
            session.console()
                    .println(session.text("issue.amend.next", edition.issue().toString()));
        }
        return Exit.DONE;
    }
}
