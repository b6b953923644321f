package dev.rooster.language;

import java.text.MessageFormat;
import java.util.Enumeration;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

/**
 * The texts of one package in one language, from {@code messages_<tag>.properties} beside it (UTF-8).
 *
 * <p>Texts are {@link MessageFormat} patterns: an apostrophe is written twice, {@code {0}} is the first argument.
 * Numbers are grouped by the language; pass a string where they must not be. Immutable and thread-safe.
 */
public final class Messages {
    private final ResourceBundle bundle;
    private final Language language;

    private Messages(ResourceBundle bundle, Language language) {
        this.bundle = bundle;
        this.language = language;
    }

    /**
     * The texts of the package that {@code anchor} lives in.
     *
     * @throws MissingResourceException when the package has no bundle in that language (a bug)
     */
    public static Messages of(Class<?> anchor, Language language) {
        String name = anchor.getPackageName() + ".messages";
        ResourceBundle.Control exact =
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
        ResourceBundle bundle = ResourceBundle.getBundle(name, language.locale(), anchor.getClassLoader(), exact);
        return new Messages(bundle, language);
    }

    public Language language() {
        return language;
    }

    /**
     * The text of a key with its arguments filled in.
     *
     * @throws MissingResourceException when the key does not exist (a bug: bundles are compared by a test)
     */
    public String text(String key, Object... args) {
        return new MessageFormat(bundle.getString(key), language.locale()).format(args);
    }

    /** Whether the bundle has this key; for texts that are looked up by a value from elsewhere. */
    public boolean has(String key) {
        return bundle.containsKey(key);
    }

    Enumeration<String> keys() {
        return bundle.getKeys();
    }
}
