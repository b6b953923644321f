package dev.rooster.delivery;

import dev.rooster.mail.EmailAddress;
import dev.rooster.mail.SmtpReply;
import dev.rooster.token.AddressHash;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table {@code resent_copy}, and whom such a copy may go to. Stateless; every method works in the caller's transaction. */
final class JdbiResentCopies {
    /**
     * A person as a newsletter knows them.
     *
     * @param unmailable why they may not be mailed; null: they may
     * @param delivery the state of their row in the edition; null: they are not in its audience
     * @param inTurn whether that row is still to be tried
     */
    record Candidate(Recipient recipient, DeliveryReason unmailable, DeliveryState delivery, boolean inTurn) {}

    Optional<Candidate> find(Handle handle, Edition edition, EmailAddress address, AddressHash hashes) {
        return handle.createQuery("""
                        select u.id, u.public_id, u.address, u.address_hash, u.name, u.language, u.attributes, s.state as subscription,
                          case when exists (select 1 from suppression p
                                            where p.address_hash = u.address_hash and p.newsletter_id in (0, :newsletter))
                            then 1 else 0 end as suppressed,
                          d.state as delivery, case when d.next_attempt_at is null then 0 else 1 end as waits
                        from subscriber u
                        left join subscription s on s.subscriber_id = u.id and s.newsletter_id = :newsletter
                        left join delivery d on d.edition_id = :edition and d.subscriber_id = u.id
                        where u.public_id = :person and u.address_key = :key
                        """)
                .bind("newsletter", edition.newsletter().value())
                .bind("edition", edition.id().value())
                .bind("person", AddressHash.publicId(hashes.of(address.key())))
                .bind("key", address.key())
                .map((row, context) -> {
                    Recipient recipient = new Recipient(
                            row.getLong("id"),
                            row.getLong("public_id"),
                            EmailAddress.of(row.getString("address")),
                            row.getString("address_hash"),
                            row.getString("name"),
                            row.getString("language"),
                            row.getString("attributes"));
                    DeliveryReason unmailable = row.getInt("suppressed") == 1
                            ? DeliveryReason.SUPPRESSED
                            : "active".equals(row.getString("subscription")) ? null : DeliveryReason.UNSUBSCRIBED;
                    String state = row.getString("delivery");
                    DeliveryState delivery = state == null ? null : DeliveryState.of(state);
                    boolean inTurn = delivery != null && !delivery.isFinal(row.getInt("waits") == 1);
                    return new Candidate(recipient, unmailable, delivery, inTurn);
                })
                .findOne();
    }

    /** The durable step: writes that a copy is being sent, if the person may be mailed at this moment. */
    boolean begin(Handle handle, Edition edition, Recipient recipient, long publicId, String relay, Instant now) {
        return handle.createUpdate("""
                        insert into resent_copy (public_id, edition_id, version, subscriber_id, at, state, relay)
                        select cast(:public as bigint), cast(:edition as bigint), cast(:version as smallint), u.id,
                          cast(:now as timestamp(6) with time zone), 'sending', cast(:relay as varchar(40))
                        from subscriber u join subscription s on s.subscriber_id = u.id and s.newsletter_id = :newsletter
                        where u.id = :person and u.address_hash = :hash and s.state = 'active'
                          and not exists (select 1 from suppression p
                                          where p.address_hash = u.address_hash and p.newsletter_id in (0, :newsletter))
                          and exists (select 1 from installation i where i.id = 1 and not i.held)
                        """)
                        .bind("public", publicId)
                        .bind("edition", edition.id().value())
                        .bind("version", edition.version())
                        .bind("now", now)
                        .bind("relay", relay)
                        .bind("newsletter", edition.newsletter().value())
                        .bind("person", recipient.subscriberId())
                        .bind("hash", recipient.addressHash())
                        .execute()
                == 1;
    }

    /** Writes how it ended. */
    void end(Handle handle, long publicId, String state, SmtpReply reply, String said) {
        handle.createUpdate("""
                        update resent_copy set state = :state, reply_code = :code, reply = :reply where public_id = :public
                        """)
                .bind("state", state)
                .bind("code", reply == null ? null : Integer.valueOf(reply.code()))
                .bind("reply", said.length() <= 500 ? said : said.substring(0, 500))
                .bind("public", publicId)
                .execute();
    }
}
