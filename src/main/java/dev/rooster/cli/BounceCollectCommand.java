package dev.rooster.cli;

import dev.rooster.inbox.Collected;
import dev.rooster.inbox.MailboxExplanation;
import dev.rooster.inbox.MailboxSettings;
import dev.rooster.inbox.MailboxUnavailable;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Collects the mailboxes now, as {@code serve} does by itself. */
@Command(name = "collect", mixinStandardHelpOptions = true)
final class BounceCollectCommand extends RoosterCommand {
    @Option(names = "--mailbox", paramLabel = "NAME", descriptionKey = "bounce.collect.mailbox")
    private String name;

    @Mixin
    private JsonOption json;

    @Override
    protected int run(Session session) {
        int unavailable = 0;
        boolean left = false;
        Collection<MailboxSettings> mailboxes = chosen(session);
        for (MailboxSettings mailbox : mailboxes) {
            try {
                Collected collected =
                        session.app().delivering().collector(mailbox).collect();
                left |= collected.failed() > 0;
                print(session, mailbox, collected);
            } catch (MailboxUnavailable e) {
                unavailable++;
                MailboxExplanation explanation = MailboxExplanation.of(mailbox, e, session.language());
                session.console().err().println("rooster: " + explanation.what());
                session.console().err().println(explanation.hint());
            }
        }
        if (unavailable == mailboxes.size()) {
            return Exit.FAILED;
        }
        return unavailable > 0 || left ? Exit.PARTLY : Exit.DONE;
    }

    private Collection<MailboxSettings> chosen(Session session) {
        Map<String, MailboxSettings> all = session.app().settings().mailboxes();
        if (all.isEmpty()) {
            throw UserProblem.badInput(session.text("bounce.collect.none"), session.text("bounce.collect.none.mend"));
        }
        if (name == null) {
            return all.values();
        }
        if (!all.containsKey(name)) {
            throw UserProblem.badInput(
                    session.text("bounce.collect.unknown", name, String.join(", ", all.keySet())), null);
        }
        return List.of(all.get(name));
    }

    private void print(Session session, MailboxSettings mailbox, Collected collected) {
        if (json.asked) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("mailbox", mailbox.name());
            line.put("done", collected.done());
            line.put("forPeople", collected.forPeople());
            line.put("failed", collected.failed());
            line.put("waiting", collected.waiting());
            session.jsonLine(line);
        } else {
            session.console()
                    .println(session.text(
                            "bounce.collect.done",
                            mailbox.name(),
                            collected.done(),
                            collected.forPeople(),
                            collected.failed(),
                            collected.waiting()));
        }
    }
}
