package dev.rooster.smtp;

/**
 * What we authenticate with (RFC 4954). It is sent over TLS only, or to a relay on this machine.
 *
 * @param username not empty
 * @param secret the password, or for {@link Mechanism#XOAUTH2} the access token; not empty
 */
public record RelayLogin(String username, String secret, Mechanism mechanism) {

    /** SASL mechanisms. */
    public enum Mechanism {
        /** PLAIN, or else LOGIN, whichever the relay offers. */
        AUTO("PLAIN LOGIN"),
        PLAIN("PLAIN"),
        LOGIN("LOGIN"),
        /** An OAuth 2.0 bearer token in place of the password, as Google and Microsoft ask for. */
        XOAUTH2("XOAUTH2");

        private final String names;

        Mechanism(String names) {
            this.names = names;
        }

        /** The names to try, in order, separated by spaces. */
        String names() {
            return names;
        }
    }

    public RelayLogin {
        if (username == null || username.isEmpty() || secret == null || secret.isEmpty()) {
            throw new IllegalArgumentException("a login needs both username and password");
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return mechanism + " login";
    }
}
