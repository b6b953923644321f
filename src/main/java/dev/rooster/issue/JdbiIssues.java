package dev.rooster.issue;

import dev.rooster.db.Columns;
import dev.rooster.media.MediaHash;
import dev.rooster.media.Picture;
import dev.rooster.newsletter.NewsletterId;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** The tables of issues and of the pictures they name. Stateless; every method works inside the caller's transaction. */
public final class JdbiIssues {
    private static final String COLUMNS =
            "id, newsletter_id, title, subject, issue_date, state, source_name, created_at, updated_at";

    /** The text of an issue as it was given. */
    record Source(String name, byte[] bytes) {}

    IssueId insert(Handle handle, NewsletterId newsletter, IssueText text, Instant now) {
        return new IssueId(bound(handle, text, now, """
                        insert into issue (newsletter_id, title, subject, issue_date, state, source_name, source, source_hash,
                          created_at, updated_at)
                        values (:newsletter, :title, :subject, :date, 'draft', :sourceName, :source, :sourceHash, :now, :now)
                        """)
                .bind("newsletter", newsletter.value())
                .executeAndReturnGeneratedKeys("id")
                .mapTo(Long.class)
                .one());
    }

    /** Puts another text in the place of one that is not frozen. False when it is frozen, or gone. */
    boolean replace(Handle handle, IssueId id, IssueText text, Instant now) {
        return replace(handle, id, text, now, List.of(IssueState.DRAFT, IssueState.QUEUED));
    }

    /** Puts another text in the place of one whose sending was begun. False when it was not, or is over. */
    boolean amend(Handle handle, IssueId id, IssueText text, Instant now) {
        return replace(handle, id, text, now, List.of(IssueState.SENDING));
    }

    private static boolean replace(Handle handle, IssueId id, IssueText text, Instant now, List<IssueState> states) {
        handle.createUpdate("delete from issue_media where issue_id = :id")
                .bind("id", id.value())
                .execute();
        return bound(handle, text, now, """
                        update issue set title = :title, subject = :subject, issue_date = :date, source_name = :sourceName,
                          source = :source, source_hash = :sourceHash, updated_at = :now
                        where id = :id and state in (<states>)
                        """)
                        .bind("id", id.value())
                        .bindList(
                                "states", states.stream().map(IssueState::word).toList())
                        .execute()
                == 1;
    }

    private static Update bound(Handle handle, IssueText text, Instant now, String sql) {
        return handle.createUpdate(sql)
                .bind("title", text.title())
                .bind("subject", text.subject())
                .bind("date", text.date().orElse(null))
                .bind("sourceName", text.sourceName())
                .bind("source", text.source())
                .bind("sourceHash", text.sourceHash())
                .bind("now", now);
    }

    void insertPicture(Handle handle, IssueId id, UsedPicture used) {
        handle.createUpdate("insert into issue_media (issue_id, path, media_hash) values (:id, :path, :hash)")
                .bind("id", id.value())
                .bind("path", used.path())
                .bind("hash", used.picture().hash().hex())
                .execute();
    }

    public Optional<StoredIssue> find(Handle handle, IssueId id) {
        return handle.createQuery("select " + COLUMNS + " from issue where id = :id")
                .bind("id", id.value())
                .map((row, context) -> issue(row))
                .findOne();
    }

    /** SHA-256 of an issue's text as it stands, hex; what an approval is about. */
    public Optional<String> textHash(Handle handle, IssueId id) {
        return handle.createQuery("select source_hash from issue where id = :id")
                .bind("id", id.value())
                .mapTo(String.class)
                .findOne();
    }

    /** The newest issues of a newsletter first. */
    public List<StoredIssue> list(Handle handle, NewsletterId newsletter, int countMax) {
        return handle.createQuery("select " + COLUMNS
                        + " from issue where newsletter_id = :newsletter order by id desc fetch first :count rows only")
                .bind("newsletter", newsletter.value())
                .bind("count", countMax)
                .map((row, context) -> issue(row))
                .list();
    }

    /** An issue of this newsletter with exactly this text that was not cancelled: the same file, added before. */
    Optional<StoredIssue> findSame(Handle handle, NewsletterId newsletter, String sourceHash) {
        return handle.createQuery("select " + COLUMNS
                        + " from issue where newsletter_id = :newsletter and source_hash = :hash and state <> 'cancelled'"
                        + " order by id desc fetch first 1 rows only")
                .bind("newsletter", newsletter.value())
                .bind("hash", sourceHash)
                .map((row, context) -> issue(row))
                .findOne();
    }

    Optional<Source> findSource(Handle handle, IssueId id) {
        return handle.createQuery("select source_name, source from issue where id = :id")
                .bind("id", id.value())
                .map((row, context) -> new Source(
                        row.getString("source_name"), row.getString("source").getBytes(StandardCharsets.UTF_8)))
                .findOne();
    }

    /** The pictures of an issue by the path its text names them with. */
    Map<String, Picture> pictures(Handle handle, IssueId id) {
        Map<String, Picture> pictures = new HashMap<>();
        handle.createQuery("""
                        select used.path, media.hash, media.content_type, media.width, media.height, media.size_bytes
                        from issue_media used join media on media.hash = used.media_hash
                        where used.issue_id = :id
                        """)
                .bind("id", id.value())
                .map((row, context) -> pictures.put(
                        row.getString("path"),
                        new Picture(
                                new MediaHash(row.getString("hash")),
                                row.getString("content_type"),
                                row.getInt("width"),
                                row.getInt("height"),
                                row.getLong("size_bytes"))))
                .list();
        return pictures;
    }

    /**
     * Moves an issue from the state it was seen in to another.
     *
     * @return false when it is no longer in that state
     * @throws IllegalArgumentException when there is no such move
     */
    public boolean move(Handle handle, IssueId id, IssueState from, IssueState to, Instant now) {
        if (!from.mayBecome(to)) {
            throw new IllegalArgumentException("an issue that is " + from.word() + " can't become " + to.word());
        }
        return handle.createUpdate("update issue set state = :to, updated_at = :now where id = :id and state = :from")
                        .bind("id", id.value())
                        .bind("from", from.word())
                        .bind("to", to.word())
                        .bind("now", now)
                        .execute()
                == 1;
    }

    private static StoredIssue issue(ResultSet row) throws SQLException {
        return new StoredIssue(
                new IssueId(row.getLong("id")),
                new NewsletterId(row.getLong("newsletter_id")),
                row.getString("title"),
                row.getString("subject"),
                Optional.ofNullable(row.getObject("issue_date", LocalDate.class)),
                IssueState.ofWord(row.getString("state")),
                row.getString("source_name"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "updated_at"));
    }
}
