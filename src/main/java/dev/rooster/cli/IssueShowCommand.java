package dev.rooster.cli;

import dev.rooster.issue.Outline;
import dev.rooster.issue.ParsedIssue;
import dev.rooster.issue.ReadIssue;
import dev.rooster.issue.StoredIssue;
import dev.rooster.language.DisplayWidth;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.newsletter.Slot;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows an issue: its state, its slot, and what was understood of its text. */
@Command(name = "show", mixinStandardHelpOptions = true)
final class IssueShowCommand extends RoosterCommand {
    @Parameters(paramLabel = "ID", descriptionKey = "issue.id")
    private long id;

    @Mixin
    private JsonOption json;

    @Override
    protected int run(Session session) {
        IssueTexts texts = new IssueTexts(session);
        StoredIssue issue = texts.issue(id);
        Newsletter newsletter = texts.newsletter(issue);
        Optional<Slot> slot = session.app().issueQueue().plan(newsletter).slotOf(issue.id());
        ParsedIssue parsed = session.app()
                .database()
                .jdbi()
                .withHandle(handle -> new ReadIssue().find(handle, newsletter, issue.id(), slot.map(Slot::date)))
                .orElseThrow();
        String outline = Outline.of(parsed.document(), session.language());
        if (json.asked) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("id", issue.id().value());
            result.put("newsletter", newsletter.name());
            result.put("state", issue.state().word());
            result.put("title", issue.title());
            result.put("subject", issue.subject());
            result.put("advertising", parsed.document().advertising());
            result.put("week", parsed.document().weekLabel());
            result.put("file", issue.sourceName());
            result.put("slot", slot.map(at -> at.date().toString()).orElse(null));
            result.put("outline", outline);
            result.put("warnings", texts.json(parsed.warnings()));
            session.json(result);
            return Exit.DONE;
        }
        Console console = session.console();
        console.println(issue.id() + "  " + issue.title());
        line(console, texts.text("show.state"), texts.state(issue.state()));
        line(console, texts.text("show.subject"), issue.subject());
        slot.ifPresent(at -> line(console, texts.text("show.slot"), IssueTexts.time(newsletter, at)));
        line(console, texts.text("show.week"), parsed.document().weekLabel());
        line(console, texts.text("show.file"), issue.sourceName());
        line(console, texts.text("show.outline"), outline);
        texts.warn(parsed.warnings());
        return Exit.DONE;
    }

    private static void line(Console console, String name, String value) {
        if (!value.isEmpty()) {
            console.println("  " + DisplayWidth.pad(name, 10) + value);
        }
    }
}
