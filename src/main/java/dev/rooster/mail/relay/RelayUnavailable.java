package dev.rooster.mail.relay;

import dev.rooster.mail.SmtpCommand;
import dev.rooster.mail.SmtpReply;

/** No session could be had. No recipient is touched by this: what was to be sent stays as it was. */
public final class RelayUnavailable extends Exception {
    private static final long serialVersionUID = 1L;

    /** What kind of failure it was. */
    public enum Kind {
        /** No connection: refused, unreachable, name unknown. */
        CONNECT,
        /** TLS was asked for and could not be had: not offered, or the certificate was not good. */
        TLS,
        /** User name or password refused, or no common mechanism. */
        AUTH,
        /** The server answered, but did not want us now: its greeting or the reply to EHLO was not 2xx. */
        GREETING,
        TIMEOUT
    }

    private final Kind kind;
    private final SmtpCommand at;
    private final transient SmtpReply reply;

    /**
     * @param at the step that failed
     * @param reply what the server said, null when it said nothing
     * @param message for operators, in English, without secrets
     */
    public RelayUnavailable(Kind kind, SmtpCommand at, SmtpReply reply, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.at = at;
        this.reply = reply;
    }

    public Kind kind() {
        return kind;
    }

    public SmtpCommand at() {
        return at;
    }

    /** What the server said; null when it said nothing. */
    public SmtpReply reply() {
        return reply;
    }
}
