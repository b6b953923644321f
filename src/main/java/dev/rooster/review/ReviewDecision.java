package dev.rooster.review;

import java.time.Instant;
import java.util.Locale;

/**
 * What somebody decided about an issue. Never changed, never taken back; a later one counts for more.
 *
 * @param by a reviewer's address, or {@link #OPERATOR}
 * @param textHash of the text that it is about
 * @param note the person's words; may be empty
 */
public record ReviewDecision(Kind kind, String by, Instant at, String textHash, String note) {
    /** Whoever works at the command line. */
    public static final String OPERATOR = "operator";

    static final int NOTE_CHARS_MAX = 300;

    /** What was decided. */
    public enum Kind {
        /** It may go to the readers; lifts a hold. */
        APPROVE,
        /** It may not, until somebody approves or an operator releases it. */
        HOLD,
        /** An operator lets it go: lifts a hold, and stands for an approval. */
        RELEASE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Kind ofWord(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /** Whether both let the issue go, or both hold it. */
    boolean saysTheSameAs(Kind other) {
        return (kind == Kind.HOLD) == (other == Kind.HOLD);
    }

    public ReviewDecision {
        note = note.length() <= NOTE_CHARS_MAX ? note : note.substring(0, NOTE_CHARS_MAX);
    }
}
