package dev.rooster.smtp;

import dev.rooster.oauth.OAuthSettings;

/**
 * What we authenticate with (RFC 4954). It is sent over TLS only, or to a relay on this machine.
 *
 * @param username not empty
 * @param secret the password, or for {@link Mechanism#XOAUTH2} the access token; not empty, but null with {@code oauth}
 * @param oauth how access tokens are got; null: the secret is what it is
 */
public record RelayLogin(String username, String secret, Mechanism mechanism, OAuthSettings oauth) {

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
        if (username == null || username.isEmpty() || oauth == null && (secret == null || secret.isEmpty())) {
            throw new IllegalArgumentException("a login needs both username and password");
        }
        if (oauth != null && (secret != null || mechanism != Mechanism.XOAUTH2)) {
            throw new IllegalArgumentException("access tokens are said by XOAUTH2, and take the place of a password");
        }
    }

    public RelayLogin(String username, String secret, Mechanism mechanism) {
        this(username, secret, mechanism, null);
    }

    /** A login with access tokens that are got when they are needed. */
    public static RelayLogin refreshed(String username, OAuthSettings oauth) {
        return new RelayLogin(username, null, Mechanism.XOAUTH2, oauth);
    }

    /** The same with an access token that was got. */
    RelayLogin with(String token) {
        return new RelayLogin(username, token, Mechanism.XOAUTH2);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return mechanism + " login";
    }
}
