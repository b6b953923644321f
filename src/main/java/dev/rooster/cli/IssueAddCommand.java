package dev.rooster.cli;

import dev.rooster.issue.AddIssue;
import dev.rooster.issue.AddOutcome;
import dev.rooster.issue.FolderPictures;
import dev.rooster.issue.IssueId;
import dev.rooster.issue.IssueState;
import dev.rooster.issue.Outline;
import dev.rooster.issue.ParsedIssue;
import dev.rooster.issue.StoredIssue;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.newsletter.Newsletters;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reads an issue file, tells what was understood, and stores it as a draft. */
@Command(name = "add", mixinStandardHelpOptions = true)
final class IssueAddCommand extends RoosterCommand {
    @Parameters(paramLabel = "FILE.md", descriptionKey = "issue.add.file")
    private Path file;

    @Option(names = "--replace", paramLabel = "ID", descriptionKey = "issue.add.replace")
    private Long replace;

    @Mixin
    private NewsletterOption newsletter;

    @Mixin
    private JsonOption json;

    @Override
    protected int run(Session session) {
        IssueTexts texts = new IssueTexts(session);
        IssueFile text = IssueFile.read(session, texts, file);
        AddIssue add = session.app().addIssue();
        FolderPictures pictures = text.pictures();
        Newsletter target = target(session, texts, add, text.bytes(), pictures);
        AddOutcome outcome = replace == null
                ? add.add(target, text.name(), text.bytes(), pictures)
                : add.replace(target, texts.issue(replace).id(), text.name(), text.bytes(), pictures);
        return tell(session, texts, target, outcome);
    }

    /** The named newsletter, the only one, that of the issue replaced, or the one the file names. */
    private Newsletter target(Session session, IssueTexts texts, AddIssue add, byte[] bytes, FolderPictures pictures) {
        Newsletters newsletters = session.app().newsletters();
        if (newsletter.name == null && replace != null) {
            return texts.newsletter(texts.issue(replace));
        }
        if (newsletter.name == null && newsletters.only().isEmpty()) {
            String named = add.parse(newsletters.all().get(0), file.toString(), bytes, pictures)
                    .document()
                    .front()
                    .newsletter();
            Optional<Newsletter> found = newsletters.find(named);
            if (found.isPresent()) {
                return found.get();
            }
        }
        return PickNewsletter.of(session, newsletter);
    }

    private int tell(Session session, IssueTexts texts, Newsletter target, AddOutcome outcome) {
        ParsedIssue parsed = outcome.parsed();
        if (!json.asked) {
            texts.warn(parsed.findings());
        }
        if (outcome instanceof AddOutcome.Added added) {
            return told(session, texts, target, parsed, added.id(), IssueState.DRAFT, true);
        }
        if (outcome instanceof AddOutcome.AddedBefore before) {
            StoredIssue issue = before.issue();
            return told(session, texts, target, parsed, issue.id(), issue.state(), false);
        }
        if (json.asked && outcome instanceof AddOutcome.Refused) {
            session.json(texts.faults(parsed));
            return Exit.BAD_INPUT;
        }
        throw texts.problem(outcome);
    }

    private int told(
            Session session,
            IssueTexts texts,
            Newsletter target,
            ParsedIssue parsed,
            IssueId id,
            IssueState state,
            boolean added) {
        String outline = Outline.of(parsed.document(), session.language());
        if (json.asked) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("id", id.value());
            result.put("newsletter", target.name());
            result.put("title", parsed.document().front().title());
            result.put(
                    "state", (replace == null ? state : texts.issue(id.value()).state()).word());
            result.put("added", added);
            result.put("outline", outline);
            result.put("warnings", texts.json(parsed.warnings()));
            session.json(result);
            return Exit.DONE;
        }
        String key = !added ? "add.before" : replace == null ? "add.done" : "add.replaced";
        session.console()
                .println(
                        texts.text(key, id.toString(), parsed.document().front().title(), texts.state(state)));
        session.console().println(outline);
        return Exit.DONE;
    }
}
