package dev.rooster.template;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recipient data as written in a template: {@code subscriber.name}, or with what stands there when it is absent,
 * <code>subscriber.city | your city</code>.
 *
 * @param field its name
 * @param fallback unescaped; empty when none was written
 */
record MergeField(String field, String fallback) {

    private static final Pattern WRITTEN = Pattern.compile(
            "(subscriber\\.[\\p{L}\\p{M}\\p{N}_-]{1,80}|link\\.(?:unsubscribe|preferences|feedback\\.(?:good|soso|bad)))"
                    + "(?:\\s*\\|\\s*(.{0,200}))?");

    private static final Pattern RECIPIENT =
            Pattern.compile("subscriber(?:[.|].*)?|link\\.(?:unsubscribe|preferences|feedback).*", Pattern.DOTALL);

    /** The field that a tag's name is; empty when it is none. */
    static Optional<MergeField> read(String tagName) {
        Matcher matcher = WRITTEN.matcher(tagName);
        return matcher.matches()
                ? Optional.of(new MergeField(
                        matcher.group(1),
                        matcher.group(2) == null ? "" : matcher.group(2).strip()))
                : Optional.empty();
    }

    /** Whether a name means recipient data, known or not. */
    static boolean isRecipientData(String tagName) {
        return RECIPIENT.matcher(tagName).matches();
    }

    /** A link of ours: always there, already a whole URL. */
    boolean isLink() {
        return field.startsWith("link.");
    }
}
