package dev.rooster.web;

import dev.rooster.mail.event.Provider;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How one provider's hook is known to be genuine.
 *
 * @param secrets password, signing key or verification key, as the provider calls it; any of them will do, so that one can
 *     be replaced by another
 * @param topics for Amazon SES: the ARNs of the SNS topics that are listened to; else empty
 * @param window how old a signed request may be, or how far ahead; 1 minute to 7 days. Without a meaning for providers that sign
 *     nothing
 */
public record HookSettings(Provider provider, List<String> secrets, List<String> topics, Duration window) {
    public HookSettings {
        secrets = List.copyOf(secrets);
        topics = List.copyOf(topics);
        if (secrets.isEmpty() && topics.isEmpty()) {
            throw new IllegalArgumentException("the hook of " + provider.word() + " has nothing to tell who calls");
        }
    }

    /** Whether the secrets have the form that the provider's have. */
    public boolean isUsable() {
        try {
            HookChecks.check(this, address -> Optional.empty());
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Providers that sign each try anew need no more than a few minutes; others repeat an old request for hours. */
    public static Duration defaultWindow(Provider provider) {
        return switch (provider) {
            case GENERIC, RESEND -> Duration.ofMinutes(5);
            case SES -> Duration.ofHours(2);
            case MAILGUN, SENDGRID -> Duration.ofHours(26);
            case POSTMARK, BREVO, SPARKPOST -> Duration.ofDays(7);
        };
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "HookSettings[" + provider.word() + "]";
    }
}
