package dev.rooster.mail.relay;

import dev.rooster.mail.SmtpReply;

/** What became of a body. */
public sealed interface BodyResult {

    /** The relay answered the final dot: 2xx is acceptance, and only that (RFC 5321 §4.1.1.4). */
    record Answered(SmtpReply reply) implements BodyResult {}

    /**
     * The connection broke or timed out; the session is no longer usable.
     *
     * @param dotWritten false: the relay cannot have the message. True: it may have it, nobody knows
     * @param why for operators, in English, without addresses
     */
    record Lost(boolean dotWritten, String why) implements BodyResult {}
}
