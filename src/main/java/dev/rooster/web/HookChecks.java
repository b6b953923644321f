package dev.rooster.web;

import dev.rooster.mail.event.Provider;
import dev.rooster.mail.hook.CertificateSource;
import dev.rooster.mail.hook.GenericCheck;
import dev.rooster.mail.hook.HookCheck;
import dev.rooster.mail.hook.MailgunCheck;
import dev.rooster.mail.hook.PasswordCheck;
import dev.rooster.mail.hook.SendGridCheck;
import dev.rooster.mail.hook.SnsCheck;
import dev.rooster.mail.hook.SvixCheck;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/** What checks the requests of each provider that is configured. */
final class HookChecks {
    /** SparkPost's own header, where a webhook is given a token instead of a user and a password. */
    private static final String SPARKPOST_TOKEN = "x-messagesystems-webhook-token";

    private HookChecks() {}

    static Map<Provider, HookCheck> of(Collection<HookSettings> settings, CertificateSource certificates) {
        Map<Provider, HookCheck> checks = new EnumMap<>(Provider.class);
        settings.forEach(hook -> checks.put(hook.provider(), check(hook, certificates)));
        return checks;
    }

    /** @throws IllegalArgumentException when a secret has not the form of the provider's */
    static HookCheck check(HookSettings hook, CertificateSource certificates) {
        return switch (hook.provider()) {
            case POSTMARK, BREVO -> new PasswordCheck(hook.secrets(), null);
            case SPARKPOST -> new PasswordCheck(hook.secrets(), SPARKPOST_TOKEN);
            case GENERIC -> new GenericCheck(hook.secrets(), hook.window());
            case MAILGUN -> new MailgunCheck(hook.secrets(), hook.window());
            case SENDGRID -> new SendGridCheck(hook.secrets(), hook.window());
            case RESEND -> new SvixCheck(hook.secrets(), hook.window());
            case SES -> new SnsCheck(hook.topics(), hook.secrets(), certificates, hook.window());
        };
    }
}
