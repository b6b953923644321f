package dev.rooster.newsletter;

import dev.rooster.language.Language;
import dev.rooster.language.Messages;
import dev.rooster.mail.EmailAddress;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/**
 * Gathers the settings of one newsletter. Only name, title, sender and slot must be given; everything else has the default said at
 * its method. Single use, one thread.
 */
public final class NewsletterSettingsBuilder {

    private final String name;
    private final String title;
    private final EmailAddress from;
    private final SlotRule slot;
    private Language language = Language.KO;
    private ZoneId zone = ZoneId.of("Asia/Seoul");
    private String fromName;
    private EmailAddress replyTo;
    private Identity identity = Identity.NONE;
    private String brandLine;
    private String slotLine;
    private String feedbackAsk;
    private String templateDir = "";
    private String bounceDomain;
    private String bouncePrefix = "b";
    private String listId;
    private String feedbackSenderId;
    private String weekLabelPattern = "";
    private Duration catchUp = Duration.ofHours(3);
    private Duration expiry = Duration.ofHours(24);
    private String relay = "default";
    private Duration pace = NewsletterSettings.PACE;
    private List<EmailAddress> operators = List.of();
    private ReviewSettings review = ReviewSettings.defaults();

    public NewsletterSettingsBuilder(String name, String title, EmailAddress from, SlotRule slot) {
        this.name = name;
        this.title = title;
        this.from = from;
        this.slot = slot;
    }

    /** Default: Korean. */
    public NewsletterSettingsBuilder language(Language value) {
        language = value;
        return this;
    }

    /** Default: Asia/Seoul. */
    public NewsletterSettingsBuilder zone(ZoneId value) {
        zone = value;
        return this;
    }

    /** Default: the title. */
    public NewsletterSettingsBuilder fromName(String value) {
        fromName = value;
        return this;
    }

    /** Default: none, answers go to the sender. */
    public NewsletterSettingsBuilder replyTo(EmailAddress value) {
        replyTo = value;
        return this;
    }

    /** Default: nothing known, which stops a real send. */
    public NewsletterSettingsBuilder identity(Identity value) {
        identity = value;
        return this;
    }

    /** Default: the title. */
    public NewsletterSettingsBuilder brandLine(String value) {
        brandLine = value;
        return this;
    }

    /** Default: the slot in words, "매주 수요일 오전 7시". */
    public NewsletterSettingsBuilder slotLine(String value) {
        slotLine = value;
        return this;
    }

    /** Default: a friendly question in the newsletter's language. */
    public NewsletterSettingsBuilder feedbackAsk(String value) {
        feedbackAsk = value;
        return this;
    }

    /** Default: none, the installation's templates are used. */
    public NewsletterSettingsBuilder templateDir(String value) {
        templateDir = value;
        return this;
    }

    /** Default: the sender's domain. */
    public NewsletterSettingsBuilder bounceDomain(String value) {
        bounceDomain = value;
        return this;
    }

    /** Default: {@code b}. */
    public NewsletterSettingsBuilder bouncePrefix(String value) {
        bouncePrefix = value;
        return this;
    }

    /** Default: name and sender's domain, {@code ai-weekly.news.example.com}. */
    public NewsletterSettingsBuilder listId(String value) {
        listId = value;
        return this;
    }

    /** Default: letters of the sender's domain. */
    public NewsletterSettingsBuilder feedbackSenderId(String value) {
        feedbackSenderId = value;
        return this;
    }

    /** Default: empty, as the language does. */
    public NewsletterSettingsBuilder weekLabelPattern(String value) {
        weekLabelPattern = value;
        return this;
    }

    /** Default: 3 hours. */
    public NewsletterSettingsBuilder catchUp(Duration value) {
        catchUp = value;
        return this;
    }

    /** Default: 24 hours. */
    public NewsletterSettingsBuilder expiry(Duration value) {
        expiry = value;
        return this;
    }

    /** Default: the relay named {@code default}. */
    public NewsletterSettingsBuilder relay(String value) {
        relay = value;
        return this;
    }

    /** Default: zero. */
    public NewsletterSettingsBuilder pace(Duration value) {
        pace = value;
        return this;
    }

    /** Default: nobody. */
    public NewsletterSettingsBuilder operators(List<EmailAddress> value) {
        operators = value;
        return this;
    }

    /** Default: nobody is asked. */
    public NewsletterSettingsBuilder review(ReviewSettings value) {
        review = value;
        return this;
    }

    /**
     * The settings with every default filled in.
     *
     * @throws IllegalArgumentException when a value can't be, naming it
     */
    public NewsletterSettings build() {
        return new NewsletterSettings(
                name,
                title,
                language,
                zone,
                slot,
                from,
                given(fromName, title),
                replyTo,
                identity,
                given(brandLine, title),
                given(slotLine, SlotWords.of(slot, language)),
                given(
                        feedbackAsk,
                        Messages.of(NewsletterSettings.class, language).text("feedback-ask")),
                templateDir,
                given(bounceDomain, from.domain()),
                bouncePrefix,
                given(listId, name + "." + from.domain()),
                given(feedbackSenderId, senderIdOf(from.domain())),
                weekLabelPattern,
                catchUp,
                expiry,
                relay,
                pace,
                operators,
                review);
    }

    private static String given(String value, String otherwise) {
        return value == null || value.isBlank() ? otherwise : value.strip();
    }

    /** 5 to 15 characters that stay the same for ever and are not the list's name, which Feedback-ID holds already. */
    private static String senderIdOf(String domain) {
        String letters = domain.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        String padded = letters.length() < 5 ? letters + "rooster" : letters;
        return padded.substring(0, Math.min(15, padded.length()));
    }
}
