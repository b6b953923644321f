package dev.rooster.inbox;

import dev.rooster.language.Language;
import dev.rooster.language.Messages;
import java.util.Locale;

/**
 * Why a mailbox could not be read, for the person who has to mend it.
 *
 * @param what what happened, one sentence with the server's own words
 * @param hint what to check or change
 */
public record MailboxExplanation(String what, String hint) {

    /** In this language; holds no secret. */
    public static MailboxExplanation of(MailboxSettings settings, MailboxUnavailable failure, Language language) {
        Messages messages = Messages.of(MailboxExplanation.class, language);
        String key = "mailbox." + failure.kind().name().toLowerCase(Locale.ROOT);
        return new MailboxExplanation(
                messages.text(key, settings.name(), settings.host() + ":" + settings.port(), failure.getMessage()),
                messages.text(key + ".hint"));
    }
}
