package dev.rooster.config;

import dev.rooster.language.Language;
import dev.rooster.mail.EmailAddress;
import dev.rooster.newsletter.Identity;
import dev.rooster.newsletter.NewsletterSettings;
import dev.rooster.newsletter.NewsletterSettingsBuilder;
import dev.rooster.newsletter.ReviewSettings;
import dev.rooster.newsletter.SlotRule;
import dev.rooster.newsletter.WorkingDays;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** One newsletter below {@code newsletters:}. */
final class NewsletterSection {
    private static final Pattern FOLDER = Pattern.compile("[A-Za-z0-9_-]{1,60}");

    private NewsletterSection() {}

    /** The newsletter; null when something that must be given is missing, which is noted as a fault. The caller closes the section. */
    static NewsletterSettings read(Section section, String name, String relay) {
        String title = section.text("name");
        EmailAddress from = section.address("from", null);
        SlotRule slot = section.value("slot", null, "WED 07:00; TUE,FRI 07:00", SlotRule::of);
        NewsletterSettingsBuilder builder = new NewsletterSettingsBuilder(name, title, from, slot)
                .language(section.choice("language", Language.class, Language.KO))
                .zone(section.zone("zone", ZoneId.of("Asia/Seoul")))
                .fromName(section.text("from-name"))
                .replyTo(section.address("reply-to", null))
                .identity(identity(section.section("identity")))
                .brandLine(section.text("brand-line"))
                .slotLine(section.text("slot-line"))
                .feedbackAsk(section.text("feedback-ask"))
                .templateDir(section.value(
                        "templates",
                        "",
                        "ai-weekly",
                        matching(text -> FOLDER.matcher(text).matches())))
                .bounceDomain(section.text("bounce-domain"))
                .bouncePrefix(section.value(
                        "bounce-prefix",
                        "b",
                        "b, bounce (a–z, 0–9, ≤8)",
                        matching(text -> text.matches("[a-z0-9]{1,8}"))))
                .listId(section.value(
                        "list-id", null, "ai-weekly.example.com", matching(text -> text.matches("[\\w.-]{3,200}"))))
                .feedbackSenderId(section.value(
                        "feedback-sender-id",
                        null,
                        "A–Z a–z 0–9 _ . -, 5–15",
                        matching(text -> text.matches("[A-Za-z0-9_.-]{5,15}"))))
                .weekLabelPattern(section.text("week-label", ""))
                .catchUp(section.duration("catch-up", Duration.ofHours(3), Duration.ZERO, Duration.ofDays(2)))
                .expiry(section.duration("expiry", Duration.ofHours(24), Duration.ofHours(1), Duration.ofHours(72)))
                .relay(relay)
                .pace(section.duration("pace", NewsletterSettings.PACE, Duration.ZERO, Duration.ofMinutes(59)))
                .operators(section.addresses("operators"))
                .review(review(section));
        if (title == null) {
            section.missing("name", "AI Weekly");
        }
        if (from == null && !section.has("from")) {
            section.missing("from", "name@example.com");
        }
        if (slot == null && !section.has("slot")) {
            section.missing("slot", "WED 07:00");
        }
        return title == null || from == null || slot == null ? null : builder.build();
    }

    /** The newsletter's signing key; null when none is configured. */
    static DkimSettings dkim(Section newsletter, NewsletterSettings settings, Path home) {
        try (Section section = newsletter.section("dkim")) {
            String key = section.text("key");
            String selector = section.value(
                    "selector",
                    "rooster",
                    "rooster (a–z, 0–9, -)",
                    matching(text -> text.matches("[A-Za-z0-9-]{1,63}")));
            String domain = section.text(
                    "domain", settings == null ? null : settings.from().domain());
            return key == null ? null : new DkimSettings(domain, selector, home.resolve(key));
        }
    }

    private static ReviewSettings review(Section section) {
        ReviewSettings defaults = ReviewSettings.defaults();
        return new ReviewSettings(
                section.addresses("reviewers"),
                section.addresses("staff"),
                section.value("proof-at", defaults.proofAt(), "10:00", NewsletterSection::timeOfDay),
                section.duration(
                        "staff-copy-before",
                        defaults.staffBefore(),
                        ReviewSettings.STAFF_BEFORE_MIN,
                        ReviewSettings.STAFF_BEFORE_MAX),
                new WorkingDays(Set.copyOf(section.list("holidays", "2026-12-25, …", NewsletterSection::date))),
                section.choice("approval", ReviewSettings.Approval.class, defaults.approval()));
    }

    private static LocalTime timeOfDay(String text) {
        if (!text.matches("[0-9]{1,2}:[0-9]{2}")) {
            throw new IllegalArgumentException();
        }
        try {
            return LocalTime.parse(text.length() == 4 ? "0" + text : text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Identity identity(Section section) {
        try (section) {
            return new Identity(
                    section.text("name", ""),
                    section.text("email", ""),
                    section.text("phone", ""),
                    section.text("address", ""));
        }
    }

    private static java.util.function.Function<String, String> matching(Predicate<String> rule) {
        return text -> {
            if (!rule.test(text)) {
                throw new IllegalArgumentException();
            }
            return text;
        };
    }
}
