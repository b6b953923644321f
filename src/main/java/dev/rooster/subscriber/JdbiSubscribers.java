package dev.rooster.subscriber;

import dev.rooster.db.Columns;
import dev.rooster.language.Language;
import dev.rooster.mail.EmailAddress;
import dev.rooster.token.AddressHash;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code subscriber}. Stateless and thread-safe; every method works in the caller's transaction. */
public final class JdbiSubscribers {
    private static final String SELECT = """
            select s.id, s.public_id, s.address, s.address_hash, s.name, s.language, s.attributes, s.created_at
            from subscriber s
            """;
    private static final String BY_ADDRESS = "where s.public_id = :person and s.address_key = :exact";

    public Optional<Subscriber> find(Handle handle, SubscriberId id) {
        return findBy(handle, "where s.id = :value", id.value());
    }

    /** @param publicId as named in tokens */
    public Optional<Subscriber> findByPublicId(Handle handle, long publicId) {
        return findBy(handle, "where s.public_id = :value", publicId);
    }

    /** By the address, which is compared in its canonical form. The table is indexed by what its hash gives only. */
    public Optional<Subscriber> findByAddress(Handle handle, EmailAddress address, AddressHash hashes) {
        return handle.createQuery(SELECT + BY_ADDRESS)
                .bind("person", AddressHash.publicId(hashes.of(address.key())))
                .bind("exact", address.key())
                .map(JdbiSubscribers::read)
                .findOne();
    }

    private static Optional<Subscriber> findBy(Handle handle, String where, Object value) {
        return handle.createQuery(SELECT + where)
                .bind("value", value)
                .map(JdbiSubscribers::read)
                .findOne();
    }

    /**
     * People by address, part of one, domain or name: the exact address if there is one, else everyone at that domain, else
     * everyone in whose address or name the text occurs, in the order of the address.
     *
     * @param text a whole address in its canonical form ({@link EmailAddress#key()}), or anything else in any case
     * @param limit at most this many
     */
    public List<Subscriber> search(Handle handle, String text, AddressHash hashes, int limit) {
        String needle = text.strip().toLowerCase(Locale.ROOT);
        for (String where : List.of(
                BY_ADDRESS,
                "where s.domain = :exact or s.domain = :domain",
                "where s.address_key like :part escape '!' or lower(s.name) like :part escape '!'")) {
            List<Subscriber> found = handle.createQuery(SELECT + where + " order by s.address_key limit :limit")
                    .bindMap(Map.of(
                            "exact",
                            needle,
                            "domain",
                            needle.startsWith("@") ? needle.substring(1) : needle,
                            "part",
                            "%" + needle.replaceAll("([!%_])", "!$1") + "%"))
                    .bind("person", AddressHash.publicId(hashes.of(needle)))
                    .bind("limit", limit)
                    .map(JdbiSubscribers::read)
                    .list();
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }

    /** Locks a person's row until the transaction ends, so that changes to one person happen one after another. */
    public boolean lock(Handle handle, SubscriberId id) {
        return handle.createQuery("select id from subscriber where id = :id for update")
                .bind("id", id.value())
                .mapTo(Long.class)
                .findOne()
                .isPresent();
    }

    /** Adds a person; the address must not exist yet. */
    public Subscriber insert(Handle handle, NewSubscriber person, String addressHash, Instant at) {
        Map<String, Object> row = new HashMap<>();
        row.put("publicId", AddressHash.publicId(addressHash));
        row.put("address", person.address().text());
        row.put("key", person.address().key());
        row.put("hash", addressHash);
        row.put("domain", person.address().domain());
        row.put("name", person.name());
        row.put("language", person.language() == null ? null : person.language().tag());
        row.put("attributes", Attributes.json(person.attributes()));
        row.put("at", at);
        long id = handle.createUpdate("""
                        insert into subscriber (public_id, address, address_key, address_hash, domain, name, language,
                          attributes, created_at, updated_at)
                        values (:publicId, :address, :key, :hash, :domain, :name, :language, :attributes, :at, :at)
                        """)
                .bindMap(row)
                .executeAndReturnGeneratedKeys("id")
                .mapTo(Long.class)
                .one();
        return new Subscriber(
                new SubscriberId(id),
                AddressHash.publicId(addressHash),
                person.address(),
                addressHash,
                person.name(),
                person.language(),
                person.attributes(),
                at);
    }

    /** Overwrites what is told about a person; a null name or language keeps the old one, attributes are merged over the old. */
    public void update(Handle handle, Subscriber old, NewSubscriber told, Instant at) {
        Map<String, String> attributes = new HashMap<>(old.attributes());
        attributes.putAll(told.attributes());
        Map<String, Object> row = new HashMap<>();
        row.put("id", old.id().value());
        row.put("name", told.name() == null ? old.name() : told.name());
        Language language = told.language() == null ? old.language() : told.language();
        row.put("language", language == null ? null : language.tag());
        row.put("attributes", Attributes.json(attributes));
        row.put("at", at);
        handle.createUpdate("""
                        update subscriber set name = :name, language = :language, attributes = :attributes, updated_at = :at
                        where id = :id
                        """).bindMap(row).execute();
    }

    void delete(Handle handle, SubscriberId id) {
        handle.createUpdate("delete from subscriber where id = :id")
                .bind("id", id.value())
                .execute();
    }

    private static Subscriber read(ResultSet row, StatementContext context) throws SQLException {
        String language = row.getString("language");
        return new Subscriber(
                new SubscriberId(row.getLong("id")),
                row.getLong("public_id"),
                EmailAddress.of(row.getString("address")),
                row.getString("address_hash"),
                row.getString("name"),
                language == null ? null : Language.of(language, null),
                Attributes.of(row.getString("attributes")),
                Columns.instant(row, "created_at"));
    }
}
