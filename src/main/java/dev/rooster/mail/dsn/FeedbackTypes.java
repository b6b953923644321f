package dev.rooster.mail.dsn;

import java.util.Locale;
import java.util.Set;

/** What the types of feedback reports mean (RFC 5965 section 7.3, RFC 6430, RFC 6591). */
public final class FeedbackTypes {
    /**
     * Those in which a person wants no more of the mail: "abuse" is the button "this is spam", "fraud" the button "this is
     * phishing", the last two are from drafts of RFC 5965 and still sent. In all others nobody asks for anything: "virus" and
     * "auth-failure" are a machine's findings about the mail, "not-spam" takes a complaint back, and "other" is by definition
     * something else, which a person has to read. So has a type that is not known here (RFC 5965 section 3.1 leaves the list open).
     */
    private static final Set<String> COMPLAINTS = Set.of("abuse", "fraud", "opt-out", "opt-out-list");

    private FeedbackTypes() {}

    /** @param type as it was written, in any case; null or blank counts as "abuse" */
    public static boolean isComplaint(String type) {
        return type == null
                || type.isBlank()
                || COMPLAINTS.contains(type.strip().toLowerCase(Locale.ROOT));
    }
}
