package dev.rooster.delivery;

import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** For tests of other packages: what the stop rules count, put in and begun anew. */
public final class StopWorld {
    private static final JdbiEditionProviders PROVIDERS = new JdbiEditionProviders();

    private StopWorld() {}

    public static void resume(Handle handle, EditionId edition, Instant now) {
        PROVIDERS.resume(handle, edition, null, now);
    }

    public static void hard(Handle handle, EditionId edition, String provider, int addresses) {
        PROVIDERS.add(handle, edition, provider, new JdbiEditionProviders.Delta(0, addresses, 0, 0, null));
    }
}
