package dev.rooster.issue;

import dev.rooster.db.Database;
import dev.rooster.language.Language;
import dev.rooster.media.JdbiMedia;
import dev.rooster.media.Picture;
import dev.rooster.newsletter.Newsletter;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Reads an issue file with its pictures and stores all of it, or nothing, in one transaction. The same file added twice is
 * one issue: a repeated command must not put the same mail into the queue a second time. Thread-safe.
 */
public final class AddIssue {
    /** Largest issue file, in bytes. */
    public static final int FILE_BYTES_MAX = SourceText.BYTES_MAX;

    private final Database database;
    private final JdbiIssues issues = new JdbiIssues();
    private final JdbiMedia media = new JdbiMedia();
    private final IssueParser parser = new IssueParser();
    private final InstantSource clock;

    public AddIssue(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * @param fileName shown in findings and kept; need not be a path
     * @param pictures where its pictures lie
     */
    public AddOutcome add(Newsletter newsletter, String fileName, byte[] bytes, FolderPictures pictures) {
        ParsedIssue parsed = parse(newsletter, fileName, bytes, pictures);
        return refusal(newsletter, parsed)
                .orElseGet(() -> database.jdbi().inTransaction(handle -> {
                    IssueText text = IssueText.of(parsed, fileName, bytes);
                    Optional<StoredIssue> same = issues.findSame(handle, newsletter.id(), text.sourceHash());
                    if (same.isPresent() && picturesAreSame(handle, same.get().id(), parsed)) {
                        return new AddOutcome.AddedBefore(same.get(), parsed);
                    }
                    Instant now = clock.instant();
                    IssueId id = issues.insert(handle, newsletter.id(), text, now);
                    keepPictures(handle, id, parsed, pictures, now);
                    return new AddOutcome.Added(id, parsed);
                }));
    }

    /** Puts a mended file in the place of an issue that is a draft or queued. It keeps its number and its slot. */
    public AddOutcome replace(
            Newsletter newsletter, IssueId id, String fileName, byte[] bytes, FolderPictures pictures) {
        ParsedIssue parsed = parse(newsletter, fileName, bytes, pictures);
        return refusal(newsletter, parsed)
                .orElseGet(() -> database.jdbi().inTransaction(handle -> {
                    Instant now = clock.instant();
                    boolean ours = issues.find(handle, id)
                            .filter(issue -> issue.newsletter().equals(newsletter.id()))
                            .isPresent();
                    if (!ours || !issues.replace(handle, id, IssueText.of(parsed, fileName, bytes), now)) {
                        handle.rollback();
                        return new AddOutcome.NotReplaceable(id, parsed);
                    }
                    keepPictures(handle, id, parsed, pictures, now);
                    return new AddOutcome.Added(id, parsed);
                }));
    }

    /**
     * Puts a mended file in the place of an issue whose sending was begun, in the caller's transaction. What was frozen of it
     * before stays as it is.
     */
    public AddOutcome amend(
            Handle handle, Newsletter newsletter, IssueId id, String fileName, byte[] bytes, FolderPictures pictures) {
        ParsedIssue parsed = parse(newsletter, fileName, bytes, pictures);
        return refusal(newsletter, parsed).orElseGet(() -> {
            Instant now = clock.instant();
            if (!issues.amend(handle, id, IssueText.of(parsed, fileName, bytes), now)) {
                return new AddOutcome.NotReplaceable(id, parsed);
            }
            keepPictures(handle, id, parsed, pictures, now);
            return new AddOutcome.Added(id, parsed);
        });
    }

    /** Reads a file as it would be added, storing nothing. */
    public ParsedIssue parse(Newsletter newsletter, String fileName, byte[] bytes, PictureSource pictures) {
        return parser.parse(fileName, bytes, context(newsletter, Optional.empty(), pictures));
    }

    static ParseContext context(Newsletter newsletter, Optional<LocalDate> slotDate, PictureSource pictures) {
        Language language = newsletter.settings().language();
        String pattern = newsletter.settings().weekLabelPattern();
        WeekLabel label = pattern.isEmpty() ? WeekLabel.standard(language) : new WeekLabel(pattern, language);
        return new ParseContext(language, label, slotDate, pictures);
    }

    private static Optional<AddOutcome> refusal(Newsletter newsletter, ParsedIssue parsed) {
        if (!parsed.accepted()) {
            return Optional.of(new AddOutcome.Refused(parsed));
        }
        String named = parsed.document().front().newsletter();
        return named.isEmpty() || named.equals(newsletter.name())
                ? Optional.empty()
                : Optional.of(new AddOutcome.OtherNewsletter(named, newsletter.name(), parsed));
    }

    private boolean picturesAreSame(Handle handle, IssueId id, ParsedIssue parsed) {
        Map<String, Picture> stored = issues.pictures(handle, id);
        return parsed.pictures().stream().allMatch(used -> used.picture().equals(stored.get(used.path())));
    }

    private void keepPictures(Handle handle, IssueId id, ParsedIssue parsed, FolderPictures pictures, Instant now) {
        pictures.found().forEach(file -> media.keep(handle, file, now));
        parsed.pictures().forEach(used -> issues.insertPicture(handle, id, used));
    }
}
