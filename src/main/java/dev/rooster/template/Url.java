package dev.rooster.template;

import java.util.regex.Pattern;

/**
 * An address that a template may link to: {@code https}, {@code http}, {@code mailto}, {@code tel}, a path of our own, or an anchor.
 * Anything that a browser would run instead of open ({@code javascript:}, {@code data:}) can't be one.
 */
public record Url(String text) {

    private static final Pattern ALLOWED = Pattern.compile(
            "(?:(?:https?|mailto|tel):[^\\p{Cc}\\s]+|/(?![/\\\\])[^\\p{Cc}\\s]*|#[^\\p{Cc}\\s]*|)",
            Pattern.CASE_INSENSITIVE);

    public Url {
        if (!ALLOWED.matcher(text).matches()) {
            throw new IllegalArgumentException("no address to link to: " + text);
        }
    }
}
