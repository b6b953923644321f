package dev.rooster.inbox;

/** A mailbox could not be read. Its mails are where they were. */
public final class MailboxUnavailable extends Exception {
    private static final long serialVersionUID = 1L;

    /** What kind of failure it was. */
    public enum Kind {
        CONNECT,
        TLS,
        LOGIN,
        /** No access token could be got for the login. */
        TOKEN,
        FOLDER,
        /** The connection broke on the way, or the server did something unexpected. */
        BROKEN
    }

    private final Kind kind;

    /** @param message for operators, without secrets */
    MailboxUnavailable(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
