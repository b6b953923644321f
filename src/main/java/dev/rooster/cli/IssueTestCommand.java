package dev.rooster.cli;

import dev.rooster.delivery.IssueContent;
import dev.rooster.delivery.RelayPool;
import dev.rooster.delivery.TestSend;
import dev.rooster.issue.IssueId;
import dev.rooster.issue.StoredIssue;
import dev.rooster.mail.AddressCheck;
import dev.rooster.mail.EmailAddress;
import dev.rooster.newsletter.Newsletter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends a copy of an issue to a few addresses; nothing of the issue changes, and its links change nothing. */
@Command(name = "test", mixinStandardHelpOptions = true)
final class IssueTestCommand extends RoosterCommand {
    private static final int ADDRESSES_MAX = 20;

    @Parameters(index = "0", paramLabel = "ID", descriptionKey = "issue.id")
    long issue;

    @Option(names = "--to", paramLabel = "ADDR", required = true, split = ",", descriptionKey = "issue.test.to")
    List<String> to;

    @Option(names = "--name", paramLabel = "NAME", descriptionKey = "issue.test.name")
    String name;

    @Mixin
    JsonOption json;

    @Override
    protected int run(Session session) {
        IssueTexts texts = new IssueTexts(session);
        StoredIssue stored = texts.issue(issue);
        IssueId id = stored.id();
        Newsletter newsletter = texts.newsletter(stored);
        List<EmailAddress> addresses = addresses(session);
        Delivering sending = session.app().delivering();
        RelayPool relay = sending.testPool(newsletter.id());
        int failed = 0;
        List<Map<String, Object>> told = new ArrayList<>();
        for (EmailAddress address : addresses) {
            TestSend.Outcome outcome = sending.testSend()
                    .send(newsletter, id, address, name, relay, session.app().dkim(newsletter));
            failed += outcome instanceof TestSend.Outcome.Accepted ? 0 : 1;
            String words = words(session, relay, outcome);
            if (json.asked) {
                told.add(Map.of(
                        "to", address.text(), "accepted", outcome instanceof TestSend.Outcome.Accepted, "said", words));
            } else {
                session.console().println(address.text() + "  " + words);
            }
        }
        if (json.asked) {
            session.json(told);
        }
        return failed == 0 ? Exit.DONE : failed < addresses.size() ? Exit.PARTLY : Exit.FAILED;
    }

    private List<EmailAddress> addresses(Session session) {
        if (to.size() > ADDRESSES_MAX) {
            throw UserProblem.badInput(session.text("issue.test.many", String.valueOf(ADDRESSES_MAX)), null);
        }
        List<EmailAddress> addresses = new ArrayList<>();
        for (String text : to) {
            if (EmailAddress.check(text) instanceof AddressCheck.Valid valid) {
                addresses.add(valid.address());
            } else {
                throw UserProblem.badInput(session.text("issue.test.address", text), null);
            }
        }
        return addresses;
    }

    static String words(Session session, RelayPool relay, TestSend.Outcome outcome) {
        if (outcome instanceof TestSend.Outcome.Accepted accepted) {
            return accepted.reply().toString();
        }
        if (outcome instanceof TestSend.Outcome.Refused refused) {
            return session.text(
                    "issue.test.refused", refused.at(), refused.reply().toString());
        }
        if (outcome instanceof TestSend.Outcome.Lost lost) {
            return RelayTrouble.of(session.app(), List.of(relay.relay().name()), session.language())
                    .map(RelayTrouble::text)
                    .orElse(session.text("issue.test.lost", lost.why()));
        }
        IssueContent.Answer content = ((TestSend.Outcome.NotSendable) outcome).content();
        String faults = content instanceof IssueContent.Answer.Faulty faulty
                ? faulty.words().apply(session.language())
                : new IssueTexts(session).text("issue.unknown.mend");
        throw UserProblem.badInput(faults, null);
    }
}
