package dev.rooster.template;

import dev.rooster.language.Language;
import dev.rooster.language.Messages;

/**
 * Something wrong with a template.
 *
 * @param kind what is wrong
 * @param file as the operator knows it, {@code templates/issue.html.mustache}
 * @param line from 1; 0 when the whole file is meant
 * @param found what stands there
 * @param expected what would do, where that can be said in a list; else empty
 */
public record TemplateFault(Kind kind, String file, int line, String found, String expected) {

    /** What can be wrong. Texts: {@code fault.…} in this package's messages, with {@code fault.….mend} saying what to do. */
    public enum Kind {
        MISSING_FILE,
        TOO_LARGE,
        NOT_UTF8,
        SYNTAX,
        UNKNOWN_NAME,
        /** A list, record or flag where a text is wanted. */
        NOT_A_TEXT,
        /** {@code {{{…}}}} around a text that was not checked as HTML. */
        RAW_TEXT,
        /** {@code {{…}}} around HTML, which would be shown as its source. */
        ESCAPED_HTML,
        /** A section over recipient data that is not "present or not". */
        RECIPIENT_SECTION,
        /** A merge field where there is no recipient. */
        NO_RECIPIENT,
        /** A merge field in a place where no escaping makes it safe. */
        UNSAFE_PLACE,
        /** A section that begins in one element and ends in another. */
        BROKEN_SECTION,
        PARTIAL_RECURSION,
        /** A part of Mustache that is switched off. */
        SWITCHED_OFF,
        /** A text key that a language lacks. */
        UNKNOWN_TEXT,
        CSS,
        /** What the law wants in every issue is not in what came out. */
        LAW,
        TOO_MUCH_OUTPUT
    }

    /** File, line and what is wrong, then how to mend it, in one line. */
    public String message(Language language) {
        Messages messages = Messages.of(TemplateFault.class, language);
        String what = messages.text("fault." + kind, found, expected);
        String mend = messages.text("fault." + kind + ".mend", found, expected);
        return (line > 0 ? file + ":" + line : file) + ": " + what + " " + mend;
    }
}
