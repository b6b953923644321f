package dev.rooster.cli;

import dev.rooster.delivery.DeliveryState;
import dev.rooster.delivery.EditionState;
import dev.rooster.delivery.ResendOutcome;
import dev.rooster.delivery.ResendRows;
import dev.rooster.issue.StoredIssue;
import dev.rooster.newsletter.Newsletter;
import java.io.IOException;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends chosen deliveries of an issue again that ended without acceptance, or one person a marked copy. */
@Command(name = "resend", mixinStandardHelpOptions = true)
final class IssueResendCommand extends RoosterCommand {
    @Parameters(index = "0", paramLabel = "ID", descriptionKey = "issue.id")
    long issue;

    @Option(names = "--state", paramLabel = "STATE", split = ",", descriptionKey = "issue.resend.state")
    List<String> states = List.of();

    @Option(names = "--to", paramLabel = "ADDR", descriptionKey = "issue.resend.to")
    String to;

    @Option(names = "--anyway", descriptionKey = "issue.resend.anyway")
    boolean anyway;

    @Option(names = "--yes", descriptionKey = "send.yes")
    boolean yes;

    @Option(names = "--dry-run", descriptionKey = "issue.resend.dry-run")
    boolean dryRun;

    @Mixin
    JsonOption json;

    @Override
    protected int run(Session session) throws IOException {
        IssueTexts texts = new IssueTexts(session);
        StoredIssue stored = texts.issue(issue);
        Newsletter newsletter = texts.newsletter(stored);
        if (states.isEmpty() == (to == null) || to != null && dryRun || to == null && anyway) {
            throw UserProblem.badInput(session.text("issue.resend.one-of"), null);
        }
        if (to != null) {
            return new ResendToOne(session, newsletter, stored.id(), json.asked).send(to, anyway);
        }
        Set<DeliveryState> chosen = chosen(session);
        ResendRows resending = session.app().delivering().resending();
        session.app().settle();
        ResendOutcome.Resent would = resent(session, texts, resending.check(stored.id(), chosen));
        if (dryRun || would.rows().againAll() == 0) {
            return tell(session, would, false);
        }
        if (!yes) {
            TypedNumber.confirm(
                    session,
                    session.text(
                            "issue.resend.ask",
                            String.valueOf(issue),
                            String.valueOf(would.rows().againAll())),
                    would.rows().againAll(),
                    session.text("send.not-confirmed"));
        }
        session.app().settle(); // a late answer to an uncertain one may have come meanwhile
        return tell(session, resent(session, texts, resending.resend(newsletter, stored.id(), chosen)), true);
    }

    private Set<DeliveryState> chosen(Session session) {
        Set<DeliveryState> chosen = EnumSet.noneOf(DeliveryState.class);
        for (String word : states) {
            DeliveryState state = ResendRows.STATES.stream()
                    .filter(one -> one.word().equals(word.strip()))
                    .findFirst()
                    .orElseThrow(() -> refused(session, word.strip()));
            chosen.add(state);
        }
        return chosen;
    }

    private static UserProblem refused(Session session, String word) {
        String all = ResendRows.STATES.stream().map(DeliveryState::word).collect(Collectors.joining(", "));
        String key = word.equals(DeliveryState.ACCEPTED.word()) ? "issue.resend.accepted" : "issue.resend.no-state";
        return UserProblem.badInput(session.text(key, word), session.text("issue.resend.no-state.mend", all));
    }

    private ResendOutcome.Resent resent(Session session, IssueTexts texts, ResendOutcome outcome) {
        if (outcome instanceof ResendOutcome.Resent resent) {
            return resent;
        }
        String id = String.valueOf(issue);
        if (outcome instanceof ResendOutcome.NotNow not) {
            String state = session.text("edition-state." + not.edition().state().word());
            throw UserProblem.badInput(session.text("issue.not-now", id, state), null);
        }
        if (outcome instanceof ResendOutcome.Held held) {
            throw EditionChanges.held(session, held.reason());
        }
        throw UserProblem.badInput(session.text("issue.not-started", id), null);
    }

    private int tell(Session session, ResendOutcome.Resent resent, boolean done) {
        ResendOutcome.Rows rows = resent.rows();
        if (json.asked) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("issue", issue);
            result.put("dry_run", dryRun);
            result.put("queued_again", rows.againAll());
            rows.again().forEach((state, count) -> result.put(state.word(), count));
            result.put("left", rows.left());
            result.put("state", resent.edition().state().word());
            result.put("expires", resent.edition().expiresAt().toString());
            session.json(result);
            return Exit.DONE;
        }
        Console console = session.console();
        String id = String.valueOf(issue);
        console.println(session.text(done ? "issue.resend.done" : "issue.resend.would", id, rows.againAll()));
        rows.again()
                .forEach((state, count) ->
                        console.println("  " + session.text("delivery-state." + state.word(), count)));
        if (rows.left() > 0) {
            console.println(session.text("issue.resend.left", rows.left()));
        }
        if (rows.again().containsKey(DeliveryState.UNCERTAIN)) {
            console.println(session.text("issue.resend.uncertain"));
        }
        if (done) {
            boolean paused = resent.edition().state() == EditionState.PAUSED;
            boolean sending = session.app().running() != null;
            String next = paused ? "paused" : sending ? "sending" : "nobody-sends";
            console.println(session.text("issue.resend.next." + next, id));
        }
        return Exit.DONE;
    }
}
