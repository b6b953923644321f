package dev.rooster.cli;

import dev.rooster.issue.SlotOutcome;
import dev.rooster.newsletter.Newsletter;
import java.time.LocalDate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** No issue on a date. */
@Command(name = "skip", mixinStandardHelpOptions = true)
final class SlotSkipCommand extends RoosterCommand {
    @Parameters(paramLabel = "DATE", descriptionKey = "slot.skip.date")
    private LocalDate date;

    @Mixin
    private NewsletterOption newsletter;

    @Override
    protected int run(Session session) {
        IssueTexts texts = new IssueTexts(session);
        Newsletter target = PickNewsletter.of(session, newsletter);
        SlotOutcome outcome = session.app().issueQueue().skip(target, date);
        if (outcome instanceof SlotOutcome.Refused refused) {
            throw texts.problem(refused);
        }
        session.console().println(texts.text("skip.done", date.toString()));
        ((SlotOutcome.Changed) outcome)
                .displaced()
                .ifPresent(issue -> session.console().println(texts.text("skip.displaced", issue.toString())));
        return Exit.DONE;
    }
}
