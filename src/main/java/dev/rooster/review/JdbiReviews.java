package dev.rooster.review;

import dev.rooster.db.Columns;
import dev.rooster.issue.IssueId;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The table {@code issue_review}. Stateless; every method works in the caller's transaction. */
final class JdbiReviews {
    /** Returns the decision's number, which is never used again. */
    long insert(Handle handle, IssueId issue, ReviewDecision decision) {
        return handle.createUpdate("""
                        insert into issue_review (issue_id, decision, by_whom, at, text_hash, note)
                        values (:issue, :decision, :by, :at, :hash, :note)
                        """)
                .bind("issue", issue.value())
                .bind("decision", decision.kind().word())
                .bind("by", decision.by())
                .bind("at", decision.at())
                .bind("hash", decision.textHash())
                .bind("note", decision.note())
                .executeAndReturnGeneratedKeys("id")
                .mapTo(Long.class)
                .one();
    }

    /** All about an issue, in the order in which they were taken. */
    List<ReviewDecision> of(Handle handle, IssueId issue) {
        return handle.createQuery("""
                        select decision, by_whom, at, text_hash, note from issue_review where issue_id = :issue order by id
                        """)
                .bind("issue", issue.value())
                .map((row, context) -> new ReviewDecision(
                        ReviewDecision.Kind.ofWord(row.getString("decision")),
                        row.getString("by_whom"),
                        Columns.instant(row, "at"),
                        row.getString("text_hash"),
                        row.getString("note")))
                .list();
    }
}
