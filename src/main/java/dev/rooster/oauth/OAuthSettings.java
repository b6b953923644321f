package dev.rooster.oauth;

import java.net.URI;
import java.nio.file.Path;

/**
 * How access tokens are got. The consent that gives the first refresh token is given once, in the provider's console or with its
 * tool.
 *
 * @param tokenEndpoint https; http only for a server on this machine
 * @param clientId as registered with the provider
 * @param clientSecret null: the client is a public one and has none
 * @param refreshToken null if it is in a file
 * @param refreshTokenFile a file that holds nothing else; rewritten when the provider exchanges it. Null if {@code refreshToken}
 *     is given
 * @param scope null: what was consented to
 */
public record OAuthSettings(
        URI tokenEndpoint,
        String clientId,
        String clientSecret,
        String refreshToken,
        Path refreshTokenFile,
        String scope) {

    public OAuthSettings {
        if (tokenEndpoint == null || !isProtected(tokenEndpoint)) {
            throw new IllegalArgumentException("token-endpoint is " + tokenEndpoint
                    + "; expected an https address such as https://oauth2.googleapis.com/token");
        }
        if (clientId == null || clientId.isEmpty()) {
            throw new IllegalArgumentException("client-id is missing");
        }
        if ((refreshToken == null) == (refreshTokenFile == null)) {
            throw new IllegalArgumentException("expected one of refresh-token and refresh-token-file");
        }
    }

    /** Whether a secret may be sent there. */
    public static boolean isProtected(URI endpoint) {
        boolean here = "127.0.0.1".equals(endpoint.getHost()) || "localhost".equals(endpoint.getHost());
        return endpoint.getHost() != null
                && endpoint.getUserInfo() == null
                && ("https".equals(endpoint.getScheme()) || "http".equals(endpoint.getScheme()) && here);
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "tokens of " + tokenEndpoint + " for " + clientId;
    }
}
