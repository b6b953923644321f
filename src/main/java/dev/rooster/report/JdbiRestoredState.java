package dev.rooster.report;

import java.time.Instant;
import java.time.InstantSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What a restored database would send, and putting a stop to it. */
public final class JdbiRestoredState {
    private final Jdbi jdbi;
    private final InstantSource clock;

    public JdbiRestoredState(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /**
     * What was found.
     *
     * @param lastChange the last thing that this database knows of: about when the backup was made; null when it knows nothing
     * @param editionsPaused editions that were being sent
     * @param deliveriesOpen their deliveries that are not final: some of them may have gone out after the backup
     * @param issuesQueued issues that wait for a slot
     */
    public record Summary(Instant lastChange, long editionsPaused, long deliveriesOpen, long issuesQueued) {}

    /** Pauses what was being sent, and calls slots that passed since the backup unknown. */
    public Summary pauseEverything() {
        return jdbi.inTransaction(handle -> {
            Instant lastChange =
                    handle.createQuery("""
                            select max(at) from (
                              select max(updated_at) as at from delivery
                              union all select max(updated_at) from subscriber
                              union all select max(updated_at) from issue
                              union all select max(at) from audit) changes
                            """).mapTo(Instant.class).findOne().orElse(null);
            long open = count(handle, """
                    select count(*) from delivery d join edition e on e.id = d.edition_id
                    where e.state in ('preparing', 'sending', 'paused')
                      and d.state in ('queued', 'claimed', 'sending', 'deferred')
                    """);
            long paused = handle.createUpdate("""
                            update edition set state = 'paused', state_reason = 'restored'
                            where state in ('preparing', 'sending')
                            """).execute();
            handle.createUpdate("""
                            update slot set state = 'unknown', note = 'restored'
                            where state = 'planned' and planned_at <= :now
                            """).bind("now", clock.instant()).execute();
            return new Summary(lastChange, paused, open, count(handle, "select count(*) from queue_entry"));
        });
    }

    private static long count(Handle handle, String sql) {
        return handle.createQuery(sql).mapTo(Long.class).one();
    }
}
