package dev.rooster.issue;

import dev.rooster.language.Language;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What an issue file doesn't say itself.
 *
 * @param language the newsletter's language
 * @param weekLabel how the newsletter names a week
 * @param slotDate the date the issue is sent, when known: it stands in where the file has no date
 * @param pictures where its pictures lie
 */
public record ParseContext(
        Language language, WeekLabel weekLabel, Optional<LocalDate> slotDate, PictureSource pictures) {}
