package dev.rooster.bounce;

import java.util.List;

/**
 * What became of a returned mail.
 *
 * @param outcome what to do with the mail itself
 * @param records what was written, one for each recipient; empty if nothing had to be
 */
public record TakenMail(Outcome outcome, List<Bounce> records) {

    /** What to do with the mail itself. */
    public enum Outcome {
        /** Recorded; the mail is no longer needed. */
        UNDERSTOOD,
        /** Was read before; the mail is no longer needed. */
        SEEN_BEFORE,
        /** A person may want to read it: ordinary mail, a report nobody can read, or one that leads nowhere. */
        FOR_PEOPLE
    }

    public TakenMail {
        records = List.copyOf(records);
    }
}
