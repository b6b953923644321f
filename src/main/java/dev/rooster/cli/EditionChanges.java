package dev.rooster.cli;

import dev.rooster.db.Installation;
import dev.rooster.delivery.EditionChange;
import dev.rooster.issue.IssueId;
import dev.rooster.language.Messages;
import java.util.Map;

/** Says what came of pausing, resuming or cancelling. */
final class EditionChanges {
    private EditionChanges() {}

    static int tell(Session session, IssueId issue, EditionChange change, String doneKey, boolean json) {
        if (change instanceof EditionChange.Done done) {
            return done(session, issue, done.edition().state().word(), doneKey, json);
        }
        if (change instanceof EditionChange.NotNow notNow) {
            String state = Messages.of(EditionChanges.class, session.language())
                    .text("edition-state." + notNow.edition().state().word());
            throw UserProblem.badInput(session.text("issue.not-now", issue.toString(), state), null);
        }
        if (change instanceof EditionChange.Held held) {
            throw held(session, held.reason());
        }
        throw UserProblem.badInput(session.text("issue.not-started", issue.toString()), null);
    }

    /** Nothing is sent before somebody answers what the installation waits for. */
    static UserProblem held(Session session, String reason) {
        Messages holds = Messages.of(Installation.class, session.language());
        String key = "hold." + reason;
        return UserProblem.failed(
                session.text("send.held", holds.has(key) ? holds.text(key) : reason), session.text("send.held.mend"));
    }

    static int done(Session session, IssueId issue, String state, String key, boolean json) {
        if (json) {
            session.json(Map.of("issue", issue.value(), "state", state));
        } else {
            session.console().println(session.text(key, issue.toString()));
        }
        return Exit.DONE;
    }
}
