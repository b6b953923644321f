package dev.rooster.mail.relay;

import dev.rooster.mail.SmtpCommand;
import dev.rooster.mail.SmtpReply;

/** How far an envelope came. In none of these cases has the relay taken the message. */
public sealed interface EnvelopeResult {

    /** The relay said 354: the body may be written. */
    record Ready() implements EnvelopeResult {}

    /** The relay refused one command. The session has reset itself and is usable, unless {@code usable()} says no. */
    record Refused(SmtpCommand at, SmtpReply reply) implements EnvelopeResult {}

    /**
     * The connection broke or timed out; the session is no longer usable.
     *
     * @param why for operators, in English, without addresses
     */
    record Lost(SmtpCommand at, String why) implements EnvelopeResult {}
}
