package dev.rooster.issue;

import dev.rooster.media.Picture;
import dev.rooster.newsletter.Newsletter;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Reads a stored issue back into its document, for a preview, a test send or the freeze. The text is read anew each time:
 * what is sent is frozen elsewhere, so a stored document would only be a second truth. Thread-safe.
 */
public final class ReadIssue {
    private final JdbiIssues issues = new JdbiIssues();
    private final IssueParser parser = new IssueParser();

    /**
     * @param slotDate the date it goes out, when known: it stands in where the file has no date
     * @return empty when there is no such issue
     */
    public Optional<ParsedIssue> find(Handle handle, Newsletter newsletter, IssueId id, Optional<LocalDate> slotDate) {
        Map<String, Picture> pictures = issues.pictures(handle, id);
        PictureSource stored = path -> {
            Picture picture = pictures.get(path);
            return picture == null ? new PictureSource.Answer.Missing("") : new PictureSource.Answer.Found(picture);
        };
        return issues.findSource(handle, id)
                .map(source ->
                        parser.parse(source.name(), source.bytes(), AddIssue.context(newsletter, slotDate, stored)));
    }
}
