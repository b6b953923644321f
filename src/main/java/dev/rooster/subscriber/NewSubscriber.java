package dev.rooster.subscriber;

import dev.rooster.language.Language;
import dev.rooster.mail.EmailAddress;
import java.util.Map;

/**
 * What is known of a person before there is a row.
 *
 * @param name null or blank when unknown; at most {@value #NAME_CHARS_MAX} characters, no control characters
 * @param language null: as the newsletter
 * @param attributes free values by name; never null
 */
public record NewSubscriber(EmailAddress address, String name, Language language, Map<String, String> attributes) {
    public static final int NAME_CHARS_MAX = 200;

    public NewSubscriber {
        name = name == null || name.isBlank() ? null : name.strip();
        if (name != null && (name.length() > NAME_CHARS_MAX || name.chars().anyMatch(Character::isISOControl))) {
            throw new IllegalArgumentException("a name has at most 200 characters and no control characters");
        }
        attributes = Map.copyOf(attributes);
    }

    public static NewSubscriber of(EmailAddress address) {
        return new NewSubscriber(address, null, null, Map.of());
    }
}
