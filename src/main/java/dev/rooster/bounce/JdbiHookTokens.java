package dev.rooster.bounce;

import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** The table {@code hook_token}. Stateless; works in the caller's transaction. */
final class JdbiHookTokens {
    /** Longer than any window in which a request counts as fresh. */
    private static final Duration KEPT = Duration.ofDays(15);

    /**
     * Takes a token for a body.
     *
     * @return whether it may be used: it is new, or came with the same body before
     */
    boolean take(Handle handle, String provider, String tokenHash, String bodyHash, Instant now) {
        handle.createUpdate("delete from hook_token where received_at < :before")
                .bind("before", now.minus(KEPT))
                .execute();
        return handle.createQuery("select body_hash from hook_token where provider = :provider and token_hash = :token")
                .bind("provider", provider)
                .bind("token", tokenHash)
                .mapTo(String.class)
                .findOne()
                .map(bodyHash::equals)
                .orElseGet(() -> {
                    handle.execute(
                            "insert into hook_token (provider, token_hash, body_hash, received_at) values (?, ?, ?, ?)",
                            provider,
                            tokenHash,
                            bodyHash,
                            now);
                    return true;
                });
    }
}
