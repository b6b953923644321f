package dev.rooster.oauth;

/** No access token could be got; the message is for operators and holds no secret. */
public final class TokenUnavailable extends Exception {
    private static final long serialVersionUID = 1L;

    TokenUnavailable(String message) {
        super(message);
    }
}
