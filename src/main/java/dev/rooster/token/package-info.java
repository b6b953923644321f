/**
 * Unforgeable references that are printed into mails: in links, envelope senders and Message-IDs; and the keyed hash
 * that suppressed addresses are remembered by. Ring 0.
 *
 * <p>A token is one octet of format and purpose, one of key id, the ids, and a tag, in lower-case base32 (mail systems
 * fold case). The tag is HMAC-SHA-256 over everything before it, cut to 128 bits; the ids are masked by a second HMAC
 * over that tag (the synthetic-IV construction of RFC 5297, with HMAC as the only primitive), so that nothing in a token
 * can be read, sorted or compared by outsiders. A token is the same each time it is made: a message that is tried again
 * stays the same message.
 *
 * <p>Entry points: {@link dev.rooster.token.KeyRing} for the keys, {@link dev.rooster.token.Tokens}, {@link
 * dev.rooster.token.AddressHash}.
 *
 * <p>Why not JWT or random ids in a table: a JWT does not fit into the 64 octets of a local part (RFC 5321 §4.5.3.1.1),
 * and a table of tokens dies with a restore, while a link that was ever mailed must work for ever.
 */
package dev.rooster.token;
