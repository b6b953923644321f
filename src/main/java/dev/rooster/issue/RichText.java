package dev.rooster.issue;

/**
 * One run of text in both forms that a mail needs.
 *
 * @param html inline HTML from the allow-list, escaped, safe to place between tags
 * @param text the same as plain text; a line break is {@code \n}, a link is {@code text <address>} (RFC 3986 appendix C)
 */
public record RichText(String html, String text) {
    public static final RichText EMPTY = new RichText("", "");

    public boolean isEmpty() {
        return text.isEmpty() && html.isEmpty();
    }
}
