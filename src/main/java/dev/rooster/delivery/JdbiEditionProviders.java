package dev.rooster.delivery;

import dev.rooster.db.Columns;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The table {@code edition_provider}. Stateless; every method works in the caller's transaction. */
public final class JdbiEditionProviders {
    private static final int WORDS_MAX = 300;

    /** What is added to a row. @param words of a refusal because of us; null: none */
    record Delta(long answered, long hard, long faults, long complaints, String words) {
        static final Delta ANSWERED = new Delta(1, 0, 0, 0, null);

        Delta plus(Delta other) {
            return new Delta(
                    answered + other.answered,
                    hard + other.hard,
                    faults + other.faults,
                    complaints + other.complaints,
                    other.words == null ? words : other.words);
        }

        Delta minus(Delta other) {
            return new Delta(
                    answered - other.answered,
                    hard - other.hard,
                    faults - other.faults,
                    complaints - other.complaints,
                    words);
        }

        /** True when it can make a stop rule fire. */
        boolean bad() {
            return hard + faults + complaints > 0;
        }
    }

    /** Every provider of an edition, in the order of their words. */
    public List<ProviderTally> tallies(Handle handle, EditionId edition) {
        return handle.createQuery("""
                        select provider, recipients, answered, hard, faults, complaints, words, paused_at, pause_reason
                        from edition_provider where edition_id = :edition order by provider
                        """)
                .bind("edition", edition.value())
                .map((row, context) -> new ProviderTally(
                        row.getString("provider"),
                        row.getLong("recipients"),
                        row.getLong("answered"),
                        row.getLong("hard"),
                        row.getLong("faults"),
                        row.getLong("complaints"),
                        row.getString("words"),
                        Columns.instant(row, "paused_at"),
                        row.getString("pause_reason")))
                .list();
    }

    /** Those that get nothing for now. */
    Set<String> paused(Handle handle, EditionId edition) {
        return new HashSet<>(handle.createQuery(
                        "select provider from edition_provider where edition_id = :edition and paused_at is not null")
                .bind("edition", edition.value())
                .mapTo(String.class)
                .list());
    }

    /** Which providers the editions that are being sent have, by edition; the value says whether it is paused. */
    Map<EditionId, Map<String, Boolean>> ofEditionsBeingSent(Handle handle) {
        Map<EditionId, Map<String, Boolean>> all = new HashMap<>();
        handle.createQuery("""
                        select p.edition_id, p.provider, p.paused_at from edition_provider p
                        join edition e on e.id = p.edition_id where e.state = 'sending'
                        """)
                .map((row, context) -> all.computeIfAbsent(
                                new EditionId(row.getLong("edition_id")), id -> new HashMap<>())
                        .put(row.getString("provider"), row.getObject("paused_at") != null))
                .list();
        return all;
    }

    /**
     * Writes the rows of an edition whose audience is complete, where they are missing. Reads every delivery of it. Counting
     * begins at nothing: what the ledger holds already may be just what the caller is about to add.
     */
    void insertAll(Handle handle, EditionId edition) {
        handle.createUpdate("""
                        insert into edition_provider (edition_id, provider, recipients)
                        select cast(:edition as bigint), d.provider, count(*)
                        from delivery d
                        where d.edition_id = :edition and not exists (select 1 from edition_provider p
                          where p.edition_id = :edition and p.provider = d.provider)
                        group by d.provider
                        """).bind("edition", edition.value()).execute();
    }

    void add(Handle handle, EditionId edition, String provider, Delta delta) {
        if (update(handle, edition, provider, delta) == 0) {
            insertAll(handle, edition);
            update(handle, edition, provider, delta);
        }
    }

    private static int update(Handle handle, EditionId edition, String provider, Delta delta) {
        String words = delta.words();
        return handle.createUpdate("""
                        update edition_provider set answered = answered + :answered, hard = hard + :hard,
                          faults = faults + :faults, complaints = complaints + :complaints, words = coalesce(:words, words)
                        where edition_id = :edition and provider = :provider
                        """)
                .bind("answered", delta.answered())
                .bind("hard", delta.hard())
                .bind("faults", delta.faults())
                .bind("complaints", delta.complaints())
                .bind("words", words == null || words.length() <= WORDS_MAX ? words : words.substring(0, WORDS_MAX))
                .bind("edition", edition.value())
                .bind("provider", provider)
                .execute();
    }

    /**
     * The provider of a delivery, if what is reported about it counts: not when it left before the provider or the edition
     * was last resumed, for that was answered by a person already.
     */
    Optional<String> providerThatCounts(Handle handle, EditionId edition, long seq) {
        return handle.createQuery("""
                        select d.provider from delivery d
                        left join edition_provider p on p.edition_id = d.edition_id and p.provider = d.provider
                        where d.edition_id = :edition and d.seq = :seq
                          and (p.counted_from is null or d.updated_at >= p.counted_from)
                        """)
                .bind("edition", edition.value())
                .bind("seq", seq)
                .mapTo(String.class)
                .findOne();
    }

    /** Answers false when it is paused already. */
    boolean pause(Handle handle, EditionId edition, String provider, PauseReason reason, Instant now) {
        return handle.createUpdate("""
                        update edition_provider set paused_at = :now, pause_reason = :reason
                        where edition_id = :edition and provider = :provider and paused_at is null
                        """)
                        .bind("now", now)
                        .bind("reason", reason.line())
                        .bind("edition", edition.value())
                        .bind("provider", provider)
                        .execute()
                == 1;
    }

    /**
     * Lets providers go on; what is counted begins anew.
     *
     * @param provider null: all of them, and those that were never paused begin anew too
     * @return how many were paused
     */
    int resume(Handle handle, EditionId edition, String provider, Instant now) {
        Set<String> paused = paused(handle, edition);
        handle.createUpdate("""
                        update edition_provider set paused_at = null, pause_reason = null, answered = 0, hard = 0, faults = 0,
                          complaints = 0, words = null, counted_from = :now
                        where edition_id = :edition and (:all or provider = :provider and paused_at is not null)
                        """)
                .bind("now", now)
                .bind("edition", edition.value())
                .bind("all", provider == null)
                .bind("provider", provider == null ? "" : provider)
                .execute();
        return provider == null ? paused.size() : paused.contains(provider) ? 1 : 0;
    }
}
