package dev.rooster.notice;

import java.time.Duration;

/** What a notice is about. The text of each but the copies is {@code templates/notices/<word>.text.mustache}. */
public enum NoticeKind {
    /** "Press here if you asked for this newsletter." */
    CONFIRMATION("confirmation", true, Duration.ofDays(1)),
    /** To someone who asked for what they get already; a stranger's form never tells. */
    ALREADY("already", true, Duration.ofDays(1)),
    /** The result of a consent: sender, date, result (Network Act of Korea §50(7): within 14 days). */
    WELCOME("welcome", true, Duration.ofDays(13)),
    /** The result of a refusal, likewise. The one notice that goes to a person who refused. */
    REFUSAL("refusal", true, Duration.ofDays(13)),
    /** To operators: how an issue went. */
    REPORT("report", false, Duration.ofDays(3)),
    /** To operators: a slot comes and nothing is queued. */
    REMINDER("reminder", false, Duration.ofDays(1)),
    /** To operators: something that should have happened has not. */
    ALARM("alarm", false, Duration.ofDays(1)),
    /** To reviewers: a copy of an issue, days before its slot. A copy of the issue, not a template of its own. */
    PROOF("proof", false, Duration.ofDays(14)),
    /** To the staff: a copy of an issue, minutes before its readers get it. */
    STAFF_COPY("staff-copy", false, Duration.ofDays(1));

    private final String word;
    private final boolean forReaders;
    private final Duration lifetime;

    NoticeKind(String word, boolean forReaders, Duration lifetime) {
        this.word = word;
        this.forReaders = forReaders;
        this.lifetime = lifetime;
    }

    /** As stored, and as the template is named. */
    public String word() {
        return word;
    }

    /** To a reader; else to an operator. */
    public boolean forReaders() {
        return forReaders;
    }

    /** A copy of an issue; else a text of its own. */
    public boolean isCopy() {
        return this == PROOF || this == STAFF_COPY;
    }

    /** How long it is worth sending. */
    Duration lifetime() {
        return lifetime;
    }

    /**
     * Whether it is sent once more when the connection broke after the final dot. An alarm lost is worse than one read twice;
     * a reader is told once.
     */
    boolean resendWhenUncertain() {
        return !forReaders;
    }

    static NoticeKind ofWord(String word) {
        for (NoticeKind kind : values()) {
            if (kind.word.equals(word)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no notice is a " + word);
    }
}
