package dev.rooster.newsletter;

import dev.rooster.db.Database;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * Gives every newsletter name a row, for ever. A name seen first gets a row with a random public id; a name that left the settings
 * keeps its row, because links that were mailed still name it. Thread-safe; two nodes may register at the same time.
 */
public final class JdbiNewsletters {

    private final Jdbi jdbi;
    private final RandomGenerator random;
    private final InstantSource clock;

    /** @param random unpredictable: public ids are named in links */
    public JdbiNewsletters(Jdbi jdbi, RandomGenerator random, InstantSource clock) {
        this.jdbi = jdbi;
        this.random = random;
        this.clock = clock;
    }

    /** The newsletters of the settings with their rows, inserted where a name is new. */
    public Newsletters register(Collection<NewsletterSettings> settings) {
        return new Newsletters(settings.stream().map(this::register).toList());
    }

    /** The row of a public id, also of a newsletter that left the settings. */
    public Optional<NewsletterId> findId(long publicId) {
        return jdbi.withHandle(handle -> handle.createQuery("select id from newsletter where public_id = :publicId")
                .bind("publicId", publicId)
                .mapTo(Long.class)
                .findOne()
                .map(NewsletterId::new));
    }

    private Newsletter register(NewsletterSettings settings) {
        return find(settings)
                .or(() -> insert(settings))
                .or(() -> find(settings))
                .orElseThrow();
    }

    private Optional<Newsletter> find(NewsletterSettings settings) {
        return jdbi.withHandle(handle -> handle.createQuery("select id, public_id from newsletter where name = :name")
                .bind("name", settings.name())
                .map((row, context) ->
                        new Newsletter(new NewsletterId(row.getLong("id")), row.getLong("public_id"), settings))
                .findOne());
    }

    /** Empty when another node was faster. */
    private Optional<Newsletter> insert(NewsletterSettings settings) {
        long publicId = random.nextLong(1, Long.MAX_VALUE);
        try {
            long id = jdbi.withHandle(handle -> handle.createUpdate("""
                            insert into newsletter (name, public_id, created_at)
                            values (:name, :publicId, :createdAt)
                            """)
                    .bind("name", settings.name())
                    .bind("publicId", publicId)
                    .bind("createdAt", clock.instant())
                    .executeAndReturnGeneratedKeys("id")
                    .mapTo(Long.class)
                    .one());
            return Optional.of(new Newsletter(new NewsletterId(id), publicId, settings));
        } catch (JdbiException e) {
            if (Database.isConstraintViolation(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
