package dev.rooster.cli;

import dev.rooster.language.Language;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.smtp.RelayCheck;
import java.util.Optional;

/** Why a newsletter's relay takes no mail, and how to mend it: asked of the relay itself, once something went wrong with it. */
final class RelayTrouble {
    private RelayTrouble() {}

    /** What stands in the way; empty when the relay answers as it should by now. Waits for the relay, within limits. */
    static Optional<RelayCheck.Finding> of(App app, Newsletter newsletter, Language language) {
        return RelayCheck.check(
                        app.settings().relays().get(newsletter.settings().relay()), app.clock(), language)
                .stream()
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
