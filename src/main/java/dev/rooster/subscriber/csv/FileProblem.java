package dev.rooster.subscriber.csv;

import dev.rooster.language.Messages;
import java.util.List;
import java.util.Locale;

/**
 * Why a file as a whole can't be imported; nothing of it was.
 *
 * @param line where, from 1; 0 when it is about the whole file
 * @param found what was found there
 */
public record FileProblem(Kind kind, long line, String found, List<Object> details) {
    /** What is wrong; the texts are {@code file.<kind>} and {@code file.<kind>.mend}. */
    public enum Kind {
        MISSING,
        UNREADABLE,
        EMPTY,
        WORKBOOK,
        ENCODING,
        CHARSET_MISSING,
        BROKEN_QUOTES,
        NO_ADDRESS_COLUMN,
        COLUMN_TWICE,
        COLUMN_NAME,
        TOO_MANY_COLUMNS,
        REJECTED_FILE
    }

    static FileProblem of(Kind kind, long line, String found, Object... details) {
        return new FileProblem(kind, line, found, List.of(details));
    }

    /** What is wrong: what was found and what is expected. */
    public String text(Messages messages) {
        return messages.text(key(), arguments());
    }

    /** How to mend it. */
    public String mend(Messages messages) {
        return messages.text(key() + ".mend", arguments());
    }

    private String key() {
        return "file." + kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private Object[] arguments() {
        Object[] arguments = new Object[details.size() + 2];
        arguments[0] = found;
        arguments[1] = String.valueOf(line);
        for (int i = 0; i < details.size(); i++) {
            arguments[i + 2] = details.get(i);
        }
        return arguments;
    }
}
