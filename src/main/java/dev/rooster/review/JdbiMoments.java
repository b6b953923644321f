package dev.rooster.review;

import dev.rooster.db.Columns;
import dev.rooster.issue.IssueId;
import dev.rooster.newsletter.NewsletterId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.json.JsonMapper;

/** The table {@code slot_moment}. Stateless; every method works in the caller's transaction. */
final class JdbiMoments {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String SELECT = """
            select newsletter_id, slot_date, moment, issue_id, public_id, state, planned_at, at, text_hash from slot_moment
            """;

    /** The caller holds the newsletter's lock and has seen that it is not there; the key would refuse a second one. */
    void insert(Handle handle, PastMoment moment, Rehearsal rehearsal) {
        handle.createUpdate("""
                        insert into slot_moment (newsletter_id, slot_date, moment, issue_id, public_id, state, planned_at, at,
                          text_hash, rehearsal)
                        values (:newsletter, :slot, :moment, :issue, :publicId, :state, :planned, :at, :hash, :rehearsal)
                        """)
                .bind("newsletter", moment.newsletter().value())
                .bind("slot", moment.slot())
                .bind("moment", moment.moment().word())
                .bind("issue", moment.issue().value())
                .bind("publicId", moment.publicId())
                .bind("state", moment.sent() ? "sent" : "missed")
                .bind("planned", moment.plannedAt())
                .bind("at", moment.at())
                .bind("hash", moment.textHash())
                .bind("rehearsal", rehearsal.findings().isEmpty() ? null : JSON.writeValueAsString(rehearsal))
                .execute();
    }

    boolean exists(Handle handle, NewsletterId newsletter, LocalDate slot, Moment moment, IssueId issue) {
        return handle.createQuery("""
                                select count(*) from slot_moment where newsletter_id = :newsletter and slot_date = :slot
                                  and moment = :moment and issue_id = :issue
                                """)
                        .bind("newsletter", newsletter.value())
                        .bind("slot", slot)
                        .bind("moment", moment.word())
                        .bind("issue", issue.value())
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    /** What the rehearsal before a moment found; {@link Rehearsal#NONE} when there was none. */
    Rehearsal rehearsal(Handle handle, long publicId) {
        return handle.createQuery("select rehearsal from slot_moment where public_id = :publicId")
                .bind("publicId", publicId)
                .mapTo(String.class)
                .findOne()
                .map(json -> JSON.readValue(json, Rehearsal.class))
                .orElse(Rehearsal.NONE);
    }

    Optional<PastMoment> findByPublicId(Handle handle, long publicId) {
        return handle.createQuery(SELECT + "where public_id = :publicId")
                .bind("publicId", publicId)
                .map((row, context) -> read(row))
                .findOne();
    }

    /** Oldest first. */
    List<PastMoment> of(Handle handle, IssueId issue) {
        return handle.createQuery(SELECT + "where issue_id = :issue order by at, moment")
                .bind("issue", issue.value())
                .map((row, context) -> read(row))
                .list();
    }

    private static PastMoment read(ResultSet row) throws SQLException {
        return new PastMoment(
                new NewsletterId(row.getLong("newsletter_id")),
                row.getObject("slot_date", LocalDate.class),
                Moment.ofWord(row.getString("moment")),
                new IssueId(row.getLong("issue_id")),
                row.getLong("public_id"),
                row.getString("state").equals("sent"),
                Columns.instant(row, "planned_at"),
                Columns.instant(row, "at"),
                row.getString("text_hash"));
    }
}
