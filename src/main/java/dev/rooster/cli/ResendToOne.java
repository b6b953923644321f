package dev.rooster.cli;

import dev.rooster.delivery.RelayPool;
import dev.rooster.delivery.ResendCopy.Outcome;
import dev.rooster.delivery.TestSend;
import dev.rooster.issue.IssueId;
import dev.rooster.mail.EmailAddress;
import dev.rooster.newsletter.Newsletter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Sends one person a marked copy, and says what came of it. */
final class ResendToOne {
    private final Session session;
    private final Newsletter newsletter;
    private final IssueId issue;
    private final boolean json;

    ResendToOne(Session session, Newsletter newsletter, IssueId issue, boolean json) {
        this.session = session;
        this.newsletter = newsletter;
        this.issue = issue;
        this.json = json;
    }

    int send(String to, boolean anyway) {
        EmailAddress address = new People(session).address(to);
        session.app().installation().check().ifPresent(hold -> {
            throw EditionChanges.held(session, hold.toString());
        });
        Delivering delivering = session.app().delivering();
        RelayPool relay = delivering.pool(newsletter.id()).orElseThrow();
        Outcome outcome = delivering.resendingCopies().send(issue, address, anyway, relay);
        if (!(outcome instanceof Outcome.Tried tried)) {
            throw problem(address, outcome);
        }
        boolean accepted = tried.result() instanceof TestSend.Outcome.Accepted;
        String words = IssueTestCommand.words(session, relay, tried.result());
        if (json) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("issue", issue.value());
            result.put("to", address.text());
            result.put("version", tried.version());
            result.put("accepted", accepted);
            result.put("reply", words);
            session.json(result);
        } else {
            session.console()
                    .println(session.text(
                            accepted ? "issue.resend.to.done" : "issue.resend.to.failed",
                            issue.toString(),
                            address.text(),
                            words));
        }
        return accepted ? Exit.DONE : Exit.FAILED;
    }

    private UserProblem problem(EmailAddress address, Outcome outcome) {
        String id = issue.toString();
        if (outcome instanceof Outcome.NotNow not) {
            String state = session.text("edition-state." + not.edition().state().word());
            return UserProblem.badInput(session.text("issue.not-now", id, state), null);
        }
        if (outcome instanceof Outcome.Held held) {
            return EditionChanges.held(session, held.reason());
        }
        if (outcome instanceof Outcome.Unmailable unmailable) {
            String why = unmailable.reason().name().toLowerCase(Locale.ROOT);
            return UserProblem.badInput(session.text("issue.resend.to." + why, address.text()), null);
        }
        if (outcome instanceof Outcome.InTurn inTurn) {
            String state = inTurn.state().word();
            return UserProblem.badInput(
                    session.text("issue.resend.to.in-turn", address.text(), state),
                    session.text("issue.resend.to.anyway"));
        }
        if (outcome instanceof Outcome.NoRecipient) {
            return UserProblem.badInput(
                    session.text("issue.resend.to.no-recipient", address.text(), id),
                    session.text("issue.resend.to.anyway"));
        }
        if (outcome instanceof Outcome.Nobody) {
            return UserProblem.badInput(
                    session.text("issue.resend.to.nobody", address.text()),
                    session.text("issue.resend.to.nobody.mend", id, address.text()));
        }
        return UserProblem.badInput(session.text("issue.not-started", id), null);
    }
}
