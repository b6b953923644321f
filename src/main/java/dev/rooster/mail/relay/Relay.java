package dev.rooster.mail.relay;

/** An SMTP server that accepts our mail. Thread-safe; its sessions are not. */
public interface Relay {

    /** The name it has in the settings. */
    String name();

    /** Whether it is on this machine: trials are allowed there that are not allowed elsewhere. */
    boolean loopback();

    /**
     * Connects and makes the session ready for an envelope: greeting, EHLO, TLS and authentication as configured.
     * Waits no longer than the configured timeouts.
     */
    RelaySession connect() throws RelayUnavailable;
}
