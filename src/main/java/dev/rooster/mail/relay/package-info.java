/**
 * The ports through which mail leaves: a relay, a session with it, and the outcomes as values. Ring 0, no I/O here.
 *
 * <p>The ports say exactly how far a message got, because that decides whether it may be sent again: nothing before the
 * final dot commits the server to anything, everything after it may (RFC 5321 §4.1.1.4, §4.2.5). Entry point: {@link
 * dev.rooster.mail.relay.Relay}.
 */
package dev.rooster.mail.relay;
