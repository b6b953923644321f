package dev.rooster.mail.event;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Who tells. */
public enum Provider {
    /** Amazon SES, through Amazon SNS. */
    SES,
    MAILGUN,
    SENDGRID,
    POSTMARK,
    BREVO,
    RESEND,
    SPARKPOST,
    /** Any other system, in the form that docs/webhooks.md describes. */
    GENERIC;

    /** As in the settings and in the path of the hook. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The provider of a word; empty for any other text. */
    public static Optional<Provider> ofWord(String word) {
        return Arrays.stream(values())
                .filter(provider -> provider.word().equals(word))
                .findFirst();
    }
}
