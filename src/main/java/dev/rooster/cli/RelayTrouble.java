package dev.rooster.cli;

import dev.rooster.language.Language;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.smtp.RelayCheck;
import java.util.List;
import java.util.Optional;

/** Why relays take no mail, and how to mend it: asked of the relays themselves, once something went wrong with them. */
final class RelayTrouble {
    private RelayTrouble() {}

    /** What stands in the way of issues of a newsletter, as with {@link #of(App, List, Language)} of those that carry it. */
    static Optional<RelayCheck.Finding> of(App app, Newsletter newsletter, Language language) {
        return of(
                app,
                app.settings().traffic().newsletters().get(newsletter.name()).relays(),
                language);
    }

    /**
     * What stands in the way at the first of these that does not answer as it should; empty when all do by now. Waits for each,
     * within limits.
     */
    static Optional<RelayCheck.Finding> of(App app, List<String> relays, Language language) {
        return relays.stream()
                .flatMap(name -> RelayCheck.check(app.settings().relays().get(name), app.clock(), language).stream())
                .filter(finding -> finding.severity() == RelayCheck.Severity.FAILED)
                .findFirst();
    }

    /** The finding's sentence, and on a line of its own what to do. */
    static String text(RelayCheck.Finding finding) {
        return finding.hint() == null || finding.hint().isBlank()
                ? finding.what()
                : finding.what() + "\n  → " + finding.hint();
    }
}
