package dev.rooster.mail.relay;

import dev.rooster.mail.MessageBuffer;

/**
 * One connection to a relay. Used by one thread at a time; only {@link #abandon()} may be called from another.
 *
 * <p>The order is {@code open, send, next, send, next, …}: each {@link #send} may carry the following envelope along
 * (RFC 2920 pipelining), whose outcome {@link #next()} then tells. What may not ride along is a body: the outcome of
 * one is known before the next is written.
 */
public interface RelaySession extends AutoCloseable {

    /** Says MAIL, RCPT and DATA for a message, in one write where the server offers PIPELINING. */
    EnvelopeResult open(Envelope envelope);

    /**
     * Writes the body, doubling leading dots (RFC 5321 §4.5.2), and the final dot, then waits for the reply to it.
     * Allowed only after a {@link EnvelopeResult.Ready}.
     *
     * @param body the complete message, CRLF lines, as {@code MessagePlan} writes it
     * @param nextOrNull the envelope that rides along, or null
     */
    BodyResult send(MessageBuffer body, Envelope nextOrNull);

    /** The outcome of the envelope that rode along with the last body. Allowed only after an answered one. */
    EnvelopeResult next();

    /** Closes the socket at once, before any dot, so that an opened message is never taken. Idempotent. */
    void abandon();

    /** Whether it is open, in step with the server, and within its lifetime in messages and seconds. */
    boolean usable();

    /** Says QUIT and closes, waiting only briefly. Never throws; idempotent. */
    @Override
    void close();
}
