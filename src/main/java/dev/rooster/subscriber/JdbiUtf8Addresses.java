package dev.rooster.subscriber;

import org.jdbi.v3.core.Handle;

/** Counts addresses that not every relay can be told. Only reads; a million rows take about a second. Stateless. */
public final class JdbiUtf8Addresses {
    /** How many people that get a newsletter have a local part with characters beyond ASCII (RFC 6531 §3.3). */
    public long active(Handle handle) {
        // a domain is stored as A-labels, so only the local part can be longer in octets than in characters
        return handle.createQuery("""
                        select count(*) from subscriber u where octet_length(u.address) > char_length(u.address) and exists (
                          select 1 from subscription s where s.subscriber_id = u.id and s.state = 'active')
                        """).mapTo(Long.class).one();
    }
}
