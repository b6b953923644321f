package dev.rooster.config;

import dev.rooster.inbox.MailboxLogin;
import dev.rooster.oauth.OAuthSettings;
import java.net.URI;
import java.nio.file.Path;

/**
 * The keys of a login below a mailbox or a relay: a password, an access token, or what access tokens are got with.
 *
 * @param password the password, or the access token; null if {@code oauth} is there or nothing is
 * @param oauth null: no access tokens are got
 * @param faulty whether a fault was noted, so that what is missing need not be told again
 */
record LoginSection(String password, OAuthSettings oauth, boolean faulty) {

    /** Reads them; what contradicts itself or is incomplete is noted as a fault. */
    static LoginSection read(Section section, Path home) {
        String password = section.text("password");
        boolean asksForTokens = section.has("token-endpoint");
        URI endpoint =
                section.value("token-endpoint", null, "https://oauth2.googleapis.com/token", LoginSection::endpoint);
        String client = section.text("client-id");
        String clientSecret = section.text("client-secret");
        String refreshToken = section.text("refresh-token");
        String file = section.text("refresh-token-file");
        String scope = section.text("scope");
        boolean anyOther =
                client != null || clientSecret != null || refreshToken != null || file != null || scope != null;
        if (!asksForTokens) {
            if (anyOther) {
                section.missing("token-endpoint", "https://oauth2.googleapis.com/token");
            }
            return new LoginSection(password, null, anyOther);
        }
        if (password != null) {
            section.fault("password", "bad-value", "…", "password: –");
        }
        if (client == null) {
            section.missing("client-id", "client-id");
        }
        boolean oneToken = (refreshToken == null) != (file == null);
        if (!oneToken) {
            section.missing("refresh-token", "refresh-token ⊕ refresh-token-file");
        }
        boolean faulty = password != null || client == null || !oneToken || endpoint == null;
        return faulty
                ? new LoginSection(null, null, true)
                : new LoginSection(
                        null,
                        new OAuthSettings(
                                endpoint,
                                client,
                                clientSecret,
                                refreshToken,
                                file == null ? null : home.resolve(file),
                                scope),
                        false);
    }

    /** The login of a mailbox; null when it is missing or faulty, which is noted. */
    static MailboxLogin mailbox(Section section, Path home) {
        boolean passwordIsToken = section.flag("oauth", false);
        LoginSection login = read(section, home);
        if (login.oauth() != null) {
            return new MailboxLogin.Refreshed(login.oauth());
        }
        if (login.password() == null) {
            if (!login.faulty()) {
                section.missing("password", "password, token-endpoint");
            }
            return null;
        }
        return passwordIsToken
                ? new MailboxLogin.AccessToken(login.password())
                : new MailboxLogin.Password(login.password());
    }

    private static URI endpoint(String text) {
        URI uri = URI.create(text);
        if (!OAuthSettings.isProtected(uri)) {
            throw new IllegalArgumentException();
        }
        return uri;
    }
}
