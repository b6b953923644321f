package dev.rooster.cli;

import dev.rooster.issue.AddOutcome;
import dev.rooster.issue.Finding;
import dev.rooster.issue.IssueId;
import dev.rooster.issue.IssueState;
import dev.rooster.issue.JdbiIssues;
import dev.rooster.issue.ParsedIssue;
import dev.rooster.issue.QueueOutcome;
import dev.rooster.issue.SlotOutcome;
import dev.rooster.issue.StoredIssue;
import dev.rooster.language.Messages;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.newsletter.Slot;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the commands about issues and slots share: finding an issue, and their words. */
final class IssueTexts {
    private final Session session;
    private final Messages messages;

    IssueTexts(Session session) {
        this.session = session;
        this.messages = Messages.of(StoredIssue.class, session.language());
    }

    String text(String key, Object... args) {
        return messages.text(key, args);
    }

    String state(IssueState state) {
        return text("state." + state.word());
    }

    /**
     * The issue of a number.
     *
     * @throws UserProblem when there is none
     */
    StoredIssue issue(long number) {
        return Optional.of(number)
                .filter(id -> id > 0)
                .flatMap(id -> session.app()
                        .database()
                        .jdbi()
                        .withHandle(handle -> new JdbiIssues().find(handle, new IssueId(id))))
                .orElseThrow(() -> UserProblem.badInput(
                        text("issue.unknown", String.valueOf(number)), text("issue.unknown.mend")));
    }

    Newsletter newsletter(StoredIssue issue) {
        return session.app().newsletters().get(issue.newsletter());
    }

    void warn(List<Finding> findings) {
        findings.forEach(finding -> session.console().err().println(finding.line(session.language())));
    }

    List<Map<String, Object>> json(List<Finding> findings) {
        return findings.stream().map(this::json).toList();
    }

    private Map<String, Object> json(Finding finding) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("line", finding.line());
        json.put("code", finding.code().key());
        json.put("found", finding.found(session.language()));
        json.put("mend", finding.mend(session.language()));
        return json;
    }

    /** What is wrong with a file, for {@code --json}. */
    Map<String, Object> faults(ParsedIssue parsed) {
        return Map.of("errors", json(parsed.errors()), "warnings", json(parsed.warnings()));
    }

    /** Why a file was not taken. */
    UserProblem problem(AddOutcome outcome) {
        if (outcome instanceof AddOutcome.OtherNewsletter other) {
            return UserProblem.badInput(
                    text("add.other-newsletter", other.named(), other.wanted()),
                    text("add.other-newsletter.mend", other.named()));
        }
        if (outcome instanceof AddOutcome.NotReplaceable not) {
            String id = not.id().toString();
            return UserProblem.badInput(text("add.not-replaceable", id), text("add.not-replaceable.mend", id));
        }
        return UserProblem.badInput(
                text("add.refused", outcome.parsed().errors().size()), text("add.refused.mend"));
    }

    UserProblem problem(QueueOutcome.Refused refused, String issue, LocalDate named) {
        String key = "queue." + key(refused.problem());
        String free =
                refused.free().stream().map(slot -> slot.date().toString()).collect(Collectors.joining(", "));
        return UserProblem.badInput(text(key, String.valueOf(named), issue), text(key + ".mend", free, issue));
    }

    UserProblem problem(SlotOutcome.Refused refused) {
        String key = "slot." + key(refused.problem());
        return UserProblem.badInput(text(key, refused.date().toString()), text(key + ".mend"));
    }

    /** {@code 2026-12-02 07:00 +09:00}, in the newsletter's zone. */
    static String time(Newsletter newsletter, Slot slot) {
        return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm xxx", Locale.ROOT)
                .format(slot.at().atZone(newsletter.settings().zone()));
    }

    private static String key(Enum<?> problem) {
        return problem.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
