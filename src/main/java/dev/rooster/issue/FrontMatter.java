package dev.rooster.issue;

import java.time.LocalDate;
import java.util.Optional;

/**
 * What stands above the text of an issue. Absent texts are "".
 *
 * @param title the issue's title; never "" in an accepted issue
 * @param subject the mail's subject without {@code (광고)}, which rendering adds; the title when none was given
 * @param preheader the line that mailboxes show after the subject
 * @param subtitle shown under the title
 * @param date the issue's own date, when it has one
 * @param week the week label as the writer wants it, overriding the computed one
 * @param advertising whether the writer declared the issue an advertisement
 * @param feedback whether the feedback ask is shown (yes unless the writer says no)
 * @param newsletter the newsletter it is meant for, by its name in the settings
 */
public record FrontMatter(
        String title,
        String subject,
        String preheader,
        String subtitle,
        Optional<LocalDate> date,
        String week,
        boolean advertising,
        boolean feedback,
        String newsletter) {}
