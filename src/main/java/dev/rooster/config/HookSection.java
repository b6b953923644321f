package dev.rooster.config;

import dev.rooster.mail.event.Provider;
import dev.rooster.mail.hook.SnsCheck;
import dev.rooster.web.HookSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One provider's hook below {@code hooks:}. */
final class HookSection {
    private static final int SECRET_CHARS_MIN = 16;
    private static final int SECRETS_MAX = 4;
    private static final String SECRET = "secret";
    private static final String SECRET_FILE = "secret-file";

    private HookSection() {}

    /** The hook; null when there is nothing to know a caller by, which is noted as a fault. */
    static HookSettings read(Section section, Provider provider, Path home) {
        try (section) {
            List<String> secrets = new ArrayList<>();
            String secret = section.text(SECRET);
            String file = section.text(SECRET_FILE);
            if (secret != null) {
                secrets.add(secret);
            }
            if (file != null && !addLines(home.resolve(file), secrets)) {
                section.fault(SECRET_FILE, "bad-value", "", "a readable file with 1–4 secrets, one a line");
                return null;
            }
            List<String> topics = provider == Provider.SES
                    ? section.list("topics", "arn:aws:sns:ap-northeast-2:123456789012:ses-events", HookSection::topic)
                    : List.of();
            Duration window = section.duration(
                    "window", HookSettings.defaultWindow(provider), Duration.ofMinutes(1), Duration.ofDays(7));
            if (provider == Provider.SES ? topics.isEmpty() : secrets.isEmpty()) {
                section.missing(provider == Provider.SES ? "topics" : SECRET, expected(provider));
                return null;
            }
            HookSettings hook = new HookSettings(provider, secrets, topics, window);
            boolean longEnough = secrets.stream().allMatch(each -> each.length() >= SECRET_CHARS_MIN);
            if (!longEnough || !hook.isUsable()) {
                section.fault(secret != null ? SECRET : SECRET_FILE, "bad-value", "…", expected(provider));
                return null;
            }
            return hook;
        }
    }

    private static String expected(Provider provider) {
        return switch (provider) {
            case SES -> "arn:aws:sns:ap-northeast-2:123456789012:ses-events";
            case MAILGUN -> "the HTTP webhook signing key";
            case SENDGRID -> "the verification key of the signed event webhook (MFkwEwYH…)";
            case RESEND -> "the signing secret (whsec_…)";
            case POSTMARK, BREVO, SPARKPOST, GENERIC -> "at least 16 characters";
        };
    }

    private static boolean addLines(Path file, List<String> secrets) {
        try {
            List<String> lines = Files.readAllLines(file).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
            secrets.addAll(lines);
            return !lines.isEmpty() && lines.size() <= SECRETS_MAX;
        } catch (IOException e) {
            return false;
        }
    }

    private static String topic(String text) {
        if (!SnsCheck.isTopic(text)) {
            throw new IllegalArgumentException();
        }
        return text;
    }
}
