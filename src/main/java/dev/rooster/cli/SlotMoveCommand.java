package dev.rooster.cli;

import dev.rooster.issue.SlotOutcome;
import dev.rooster.newsletter.Newsletter;
import java.time.LocalDate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The issue of one date appears on another. */
@Command(name = "move", mixinStandardHelpOptions = true)
final class SlotMoveCommand extends RoosterCommand {
    @Parameters(index = "0", paramLabel = "DATE", descriptionKey = "slot.move.from")
    private LocalDate from;

    @Parameters(index = "1", paramLabel = "DATE", descriptionKey = "slot.move.to")
    private LocalDate to;

    @Mixin
    private NewsletterOption newsletter;

    @Override
    protected int run(Session session) {
        IssueTexts texts = new IssueTexts(session);
        Newsletter target = PickNewsletter.of(session, newsletter);
        SlotOutcome outcome = session.app().issueQueue().move(target, from, to);
        if (outcome instanceof SlotOutcome.Refused refused) {
            throw texts.problem(refused);
        }
        session.console().println(texts.text("move.done", from.toString(), to.toString()));
        return Exit.DONE;
    }
}
