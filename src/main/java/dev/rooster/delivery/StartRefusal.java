package dev.rooster.delivery;

import dev.rooster.db.Installation;
import dev.rooster.issue.IssueId;
import dev.rooster.issue.IssueState;
import dev.rooster.language.Language;
import dev.rooster.language.Messages;
import dev.rooster.newsletter.LawGate;
import dev.rooster.newsletter.Newsletter;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Why an issue can't be sent; nothing was changed. */
public final class StartRefusal {
    /** The kinds. */
    public enum Kind {
        NO_ISSUE,
        /** Neither a draft nor queued: cancelled. */
        STATE,
        /** Faults in the issue or its templates. */
        CONTENT,
        /** What the law wants is missing. */
        LAW,
        /** No relay is configured for it. */
        RELAY,
        /** The installation is held: the database was restored, copied or moved. */
        HELD
    }

    private final Kind kind;
    private final Function<Language, String> words;

    private StartRefusal(Kind kind, Function<Language, String> words) {
        this.kind = kind;
        this.words = words;
    }

    public Kind kind() {
        return kind;
    }

    /** For the operator: what is wrong and how to mend it, one or several lines. */
    public String message(Language language) {
        return words.apply(language);
    }

    static StartRefusal noIssue(IssueId issue) {
        return of(Kind.NO_ISSUE, issue.toString());
    }

    static StartRefusal state(IssueId issue, IssueState state) {
        return of(Kind.STATE, issue.toString(), state.word());
    }

    static StartRefusal content(Function<Language, String> faults) {
        return new StartRefusal(Kind.CONTENT, faults);
    }

    static StartRefusal law(Newsletter newsletter, List<LawGate.Missing> missing) {
        return new StartRefusal(
                Kind.LAW,
                language -> text(language, Kind.LAW) + "\n"
                        + missing.stream()
                                .map(what -> "  "
                                        + Messages.of(LawGate.class, language)
                                                .text("law-gate." + what.name(), newsletter.name()))
                                .collect(Collectors.joining("\n")));
    }

    static StartRefusal relay(String name) {
        return of(Kind.RELAY, name);
    }

    static StartRefusal held(String reason) {
        return new StartRefusal(Kind.HELD, language -> {
            Messages holds = Messages.of(Installation.class, language);
            return text(language, Kind.HELD, holds.has("hold." + reason) ? holds.text("hold." + reason) : reason);
        });
    }

    private static StartRefusal of(Kind kind, Object... args) {
        return new StartRefusal(kind, language -> text(language, kind, args));
    }

    private static String text(Language language, Kind kind, Object... args) {
        return Messages.of(StartRefusal.class, language).text("start-refusal." + kind.name(), args);
    }
}
