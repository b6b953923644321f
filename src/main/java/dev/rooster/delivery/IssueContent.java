package dev.rooster.delivery;

import dev.rooster.issue.IssueId;
import dev.rooster.language.Language;
import dev.rooster.mail.Skeleton;
import dev.rooster.newsletter.Newsletter;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** What an issue's copies are made of, rendered for all recipients at once: what a freeze freezes and a test send sends. */
public interface IssueContent {
    /** @param slotDate the date it goes out, when it goes by a slot */
    Answer find(Handle handle, Newsletter newsletter, IssueId issue, Optional<LocalDate> slotDate);

    /** What came of it. */
    sealed interface Answer {
        /** @param subject with its advertising mark, if it has one */
        record Ready(String subject, Skeleton html, Skeleton text, String archiveHtml) implements Answer {}

        record NoIssue() implements Answer {}

        /** The issue's text or its templates have faults; nothing can be sent. @param words all of them, a line each */
        record Faulty(Function<Language, String> words) implements Answer {}
    }
}
