package dev.rooster.smtp;

import dev.rooster.language.Language;
import dev.rooster.language.Messages;
import dev.rooster.mail.SmtpCommand;
import dev.rooster.mail.relay.RelayUnavailable;

/**
 * Why a relay could not be had, for the person who has to mend it.
 *
 * @param what what happened, one sentence with the relay's own words
 * @param hint what to check or change
 */
public record RelayExplanation(String what, String hint) {

    /** In this language; holds no secret. */
    public static RelayExplanation of(RelaySettings settings, RelayUnavailable failure, Language language) {
        Messages messages = Messages.of(RelayExplanation.class, language);
        String key = "relay." + reason(settings, failure);
        String where = settings.host() + ":" + settings.port();
        return new RelayExplanation(
                messages.text(
                        key,
                        settings.name(),
                        key.endsWith("unknown-host") ? settings.host() : where,
                        failure.getMessage()),
                messages.text(key + ".hint"));
    }

    private static String reason(RelaySettings settings, RelayUnavailable failure) {
        return switch (failure.kind()) {
            case CONNECT -> failure.getMessage().contains("Unknown SMTP host") ? "unknown-host" : "unreachable";
            case TIMEOUT -> "timeout";
            case TLS -> tlsReason(settings, failure);
            case AUTH -> authReason(failure);
            case GREETING -> "greeting";
        };
    }

    private static String tlsReason(RelaySettings settings, RelayUnavailable failure) {
        if (failure.at() == SmtpCommand.AUTH && settings.tls() == RelaySettings.Tls.NONE) {
            return "password-in-clear";
        }
        return failure.at() == SmtpCommand.EHLO && failure.reply() == null ? "tls-not-offered" : "tls";
    }

    private static String authReason(RelayUnavailable failure) {
        if (failure.at() == SmtpCommand.CONNECT) {
            return "token"; // before anything was said to the relay
        }
        if (failure.reply() == null) {
            return "auth-not-offered";
        }
        return failure.reply().firstDigit() == 4 ? "auth-later" : "auth";
    }
}
