package dev.rooster.web;

import dev.rooster.subscriber.ConsentMethod;
import dev.rooster.subscriber.Evidence;
import io.javalin.http.Context;
import java.time.InstantSource;

/** Notes who pressed what, from where: the evidence of a declaration. */
final class Caller {
    private final ClientAddress addresses;
    private final InstantSource clock;

    Caller(ClientAddress addresses, InstantSource clock) {
        this.addresses = addresses;
        this.clock = clock;
    }

    String address(Context ctx) {
        return addresses.of(ctx.req().getRemoteAddr(), ctx.header("X-Forwarded-For"));
    }

    /** @param shown what the person read and pressed; null: nothing was shown (a mail program's own button) */
    Evidence evidence(Context ctx, ConsentMethod method, String page, String shown) {
        return new Evidence(clock.instant(), method, "page " + page, shown, address(ctx), userAgent(ctx));
    }

    private static String userAgent(Context ctx) {
        String agent = ctx.userAgent();
        return agent == null ? null : agent.replaceAll("\\p{Cc}", " ");
    }
}
