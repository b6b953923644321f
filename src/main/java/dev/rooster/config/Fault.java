package dev.rooster.config;

import dev.rooster.language.Language;
import dev.rooster.language.Messages;

/**
 * One thing wrong with the settings.
 *
 * @param where the file's name and line ({@code config/rooster.yaml:12}), or the environment variable
 * @param path the setting, with dots ({@code newsletters.ai-weekly.slot}); empty for the file as a whole
 * @param code what is wrong: a key {@code fault.<code>} in this package's bundles
 * @param found what stands there; a secret is never put here
 * @param expected what should stand there, or the nearest known key; may be empty
 */
public record Fault(String where, String path, String code, String found, String expected) {
    /** One line for people. */
    public String text(Language language) {
        return where + ": " + Messages.of(Fault.class, language).text("fault." + code, path, found, expected);
    }
}
