package dev.rooster.template;

import java.util.Locale;
import java.util.Set;

/**
 * Where in an HTML document a template's next character would stand; read along its fixed text. Follows the tokenizer of the HTML
 * standard (section 13.2.5) as far as templates need it.
 *
 * <p>A state machine; mutable, one thread.
 */
final class HtmlPlace {

    /** Kind of place. */
    enum Mode {
        TEXT,
        /** Directly behind {@code <} or in the name of an element. */
        TAG_NAME,
        /** Inside a tag, outside of attribute values. */
        TAG,
        /** Behind the {@code =} of an attribute, or in a value without quotes. */
        UNQUOTED,
        DOUBLE_QUOTED,
        SINGLE_QUOTED,
        COMMENT,
        /** In {@code title} or {@code textarea}: text in which tags mean nothing. */
        PLAIN_ELEMENT,
        /** In {@code style}. */
        STYLE,
        /** In {@code script}. */
        SCRIPT
    }

    private static final Set<String> URL_ATTRIBUTES = Set.of(
            "href",
            "src",
            "action",
            "formaction",
            "background",
            "cite",
            "poster",
            "data",
            "srcset",
            "ping",
            "longdesc");

    private Mode mode = Mode.TEXT;
    private String element = "";
    private final StringBuilder word = new StringBuilder(); // name of the element or attribute being read
    private String attribute = "";
    private final StringBuilder value = new StringBuilder(); // of the attribute, so far
    private String recent = ""; // last characters of a comment or raw element

    Mode mode() {
        return mode;
    }

    boolean inQuotes() {
        return mode == Mode.DOUBLE_QUOTED || mode == Mode.SINGLE_QUOTED;
    }

    /** Name of the attribute whose value this is, lower case. */
    String attribute() {
        return attribute;
    }

    /** The attribute's value up to here. */
    String valueSoFar() {
        return value.toString();
    }

    boolean inUrlAttribute() {
        return inQuotes() && URL_ATTRIBUTES.contains(attribute);
    }

    /** Whether a browser would run or interpret the attribute's value: {@code onclick}, {@code style}. */
    boolean inLiveAttribute() {
        return inQuotes() && (attribute.startsWith("on") || attribute.equals("style"));
    }

    /** The same place again, later: what a section must come back to. */
    String mark() {
        return mode + (inQuotes() ? " " + attribute : "");
    }

    /** A value stands here; the place goes on behind it. */
    void passValue() {
        if (inQuotes() || mode == Mode.UNQUOTED) {
            value.append('x');
        }
    }

    void read(String text) {
        for (int i = 0; i < text.length(); i++) {
            read(text.charAt(i));
        }
    }

    private void read(char c) {
        switch (mode) {
            case TEXT -> {
                if (c == '<') {
                    mode = Mode.TAG_NAME;
                    word.setLength(0);
                }
            }
            case TAG_NAME -> readTagName(c);
            case TAG -> readInTag(c);
            case UNQUOTED -> readUnquoted(c);
            case DOUBLE_QUOTED -> readQuoted(c, '"');
            case SINGLE_QUOTED -> readQuoted(c, '\'');
            case COMMENT -> endAt(c, "-->");
            case PLAIN_ELEMENT, STYLE, SCRIPT -> endAt(c, "</" + element);
        }
    }

    private void readTagName(char c) {
        if (c == '>') {
            endTag();
        } else if (Character.isWhitespace(c) || (c == '/' && word.length() > 0)) {
            mode = word.length() == 0 ? Mode.TEXT : Mode.TAG; // "a < b" is text
            element = word.toString().toLowerCase(Locale.ROOT);
            word.setLength(0);
        } else {
            word.append(c);
            if (word.toString().equals("!--")) {
                mode = Mode.COMMENT;
                recent = "";
            }
        }
    }

    private void readInTag(char c) {
        if (c == '>') {
            endTag();
        } else if (c == '=') {
            if (word.length() > 0) {
                attribute = word.toString().toLowerCase(Locale.ROOT);
            }
            value.setLength(0);
            word.setLength(0);
            mode = Mode.UNQUOTED;
        } else if (Character.isWhitespace(c) || c == '/') {
            if (word.length() > 0) {
                attribute = word.toString().toLowerCase(Locale.ROOT); // blanks may stand before its =
            }
            word.setLength(0);
        } else {
            word.append(c);
        }
    }

    private void readUnquoted(char c) {
        if (value.length() == 0 && (c == '"' || c == '\'')) {
            mode = c == '"' ? Mode.DOUBLE_QUOTED : Mode.SINGLE_QUOTED;
        } else if (c == '>') {
            endTag();
        } else if (Character.isWhitespace(c)) {
            if (value.length() > 0) {
                mode = Mode.TAG;
                word.setLength(0);
            }
        } else {
            value.append(c);
        }
    }

    private void readQuoted(char c, char quote) {
        if (c == quote) {
            mode = Mode.TAG;
            word.setLength(0);
        } else {
            value.append(c);
        }
    }

    private void endTag() {
        if (mode == Mode.TAG_NAME) {
            element = word.toString().toLowerCase(Locale.ROOT);
        }
        recent = "";
        mode = switch (element) {
            case "title", "textarea" -> Mode.PLAIN_ELEMENT;
            case "style" -> Mode.STYLE;
            case "script" -> Mode.SCRIPT;
            default -> Mode.TEXT;
        };
    }

    private void endAt(char c, String end) {
        recent = recent + Character.toLowerCase(c);
        if (recent.endsWith(end)) {
            recent = "";
            if (mode == Mode.COMMENT) {
                mode = Mode.TEXT;
            } else {
                mode = Mode.TAG; // the rest of the closing tag
                element = "/" + element;
                word.setLength(0);
            }
        } else if (recent.length() > 16) {
            recent = recent.substring(recent.length() - 16);
        }
    }
}
