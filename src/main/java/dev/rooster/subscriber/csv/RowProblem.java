package dev.rooster.subscriber.csv;

import dev.rooster.language.Messages;
import dev.rooster.mail.AddressProblem;
import dev.rooster.mail.EmailAddress;
import java.util.Locale;

/**
 * Why a row was not taken.
 *
 * @param found what stands in the row; personal data, for the operator's file and never for a log
 * @param detail one more value for the texts; null: none
 * @param address why the address is none; null for other kinds
 */
record RowProblem(Kind kind, String found, String detail, AddressProblem address) {
    /** How a row counts. */
    enum Sort {
        /** Something is wrong with it: mend it and import it again. */
        BAD,
        /** The person is named twice in the file. */
        DUPLICATE,
        /** The person said no, or may not be mailed. */
        REFUSED
    }

    /** What is wrong; the texts are {@code row.<kind>}, {@code …expected} and {@code …mend}. */
    enum Kind {
        ADDRESS(Sort.BAD),
        BROKEN_QUOTE(Sort.BAD),
        TOO_MANY_FIELDS(Sort.BAD),
        NAME(Sort.BAD),
        STATUS(Sort.BAD),
        DATE(Sort.BAD),
        DATE_IN_FUTURE(Sort.BAD),
        ATTRIBUTES_JSON(Sort.BAD),
        ATTRIBUTES_LONG(Sort.BAD),
        /** The first 64 bits of the hash are those of somebody else's address. */
        ID_TAKEN(Sort.BAD),
        NO_CONSENT(Sort.REFUSED),
        DUPLICATE(Sort.DUPLICATE),
        SUPPRESSED(Sort.REFUSED),
        REFUSED_BEFORE(Sort.REFUSED);

        private final Sort sort;

        Kind(Sort sort) {
            this.sort = sort;
        }

        Sort sort() {
            return sort;
        }
    }

    static RowProblem of(Kind kind, String found) {
        return new RowProblem(kind, found, null, null);
    }

    static RowProblem of(Kind kind, String found, String detail) {
        return new RowProblem(kind, found, detail, null);
    }

    static RowProblem address(String found, AddressProblem problem) {
        return new RowProblem(Kind.ADDRESS, found, null, problem);
    }

    String text(Messages messages) {
        return address == null
                ? messages.text(key(""), found, detail)
                : Messages.of(EmailAddress.class, messages.language()).text(address.key(), found);
    }

    String expected(Messages messages) {
        return messages.text(key(".expected"), found, detail);
    }

    String mend(Messages messages) {
        return messages.text(key(".mend"), found, detail);
    }

    private String key(String suffix) {
        return "row." + kind.name().toLowerCase(Locale.ROOT).replace('_', '-') + suffix;
    }
}
