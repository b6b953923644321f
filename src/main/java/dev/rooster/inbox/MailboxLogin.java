package dev.rooster.inbox;

import dev.rooster.oauth.OAuthSettings;

/** What a mailbox is opened with, besides the user's name. None of them shows its secret. */
public sealed interface MailboxLogin {

    record Password(String secret) implements MailboxLogin {
        @Override
        public String toString() {
            return "password";
        }
    }

    /** An OAuth 2.0 access token that somebody else renews, said by XOAUTH2. */
    record AccessToken(String secret) implements MailboxLogin {
        @Override
        public String toString() {
            return "access token";
        }
    }

    /** Access tokens got with a refresh token, said by XOAUTH2. */
    record Refreshed(OAuthSettings oauth) implements MailboxLogin {}
}
