package dev.rooster.issue;

import dev.rooster.language.Language;
import dev.rooster.language.Messages;
import java.util.List;

/**
 * Something wrong with an issue file.
 *
 * @param file name of the file, as it was given
 * @param line counted from 1; 0 when it concerns the whole file
 * @param code what it is
 * @param args what was found and what was expected, plain text, for the message
 */
public record Finding(String file, int line, FindingCode code, List<String> args) {
    public Finding {
        args = List.copyOf(args);
    }

    public Severity severity() {
        return code.severity();
    }

    /** What was found, one sentence. */
    public String found(Language language) {
        return Messages.of(Finding.class, language).text(code.key(), args.toArray());
    }

    /** How to mend it, one sentence. */
    public String mend(Language language) {
        return Messages.of(Finding.class, language).text(code.key() + ".mend", args.toArray());
    }

    /** {@code file:line: found mend}, the form that editors understand. */
    public String line(Language language) {
        String place = line == 0 ? file : file + ":" + line;
        return place + ": " + found(language) + " " + mend(language);
    }
}
