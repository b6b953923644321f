package dev.rooster.delivery;

import dev.rooster.delivery.JdbiEditionProviders.Delta;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/**
 * Counts what speaks against sending on, and stops the edition or the provider when a rule says so, all in the transaction that
 * records it: the count, the stop and the notice to operators are there together or not at all. Stateless.
 */
public final class StopSending {
    private final StopRules rules;
    private final JdbiEditions editions;
    private final JdbiEditionProviders providers = new JdbiEditionProviders();

    public StopSending(StopRules rules, JdbiEditions editions) {
        this.rules = rules;
        this.editions = editions;
    }

    /** A report came back that the address is dead; each delivery is to be told once. */
    public void bouncedHard(Handle handle, EditionId edition, long seq, Instant at) {
        reported(handle, edition, seq, new Delta(0, 1, 0, 0, null), at);
    }

    /** A report came back that we were refused; each delivery is to be told once. @param words of the refusal */
    public void refused(Handle handle, EditionId edition, long seq, String words, Instant at) {
        reported(handle, edition, seq, new Delta(0, 0, 1, 0, words), at);
    }

    /** A reader reported the mail as spam; each delivery is to be told once. */
    public void complained(Handle handle, EditionId edition, long seq, Instant at) {
        reported(handle, edition, seq, new Delta(0, 0, 0, 1, null), at);
    }

    private void reported(Handle handle, EditionId edition, long seq, Delta delta, Instant at) {
        providers
                .providerThatCounts(handle, edition, seq)
                .ifPresent(provider -> count(handle, edition, provider, delta, at));
    }

    void count(Handle handle, EditionId edition, String provider, Delta delta, Instant at) {
        providers.add(handle, edition, provider, delta);
        if (delta.bad()) {
            judge(handle, edition, at);
        }
    }

    private void judge(Handle handle, EditionId id, Instant at) {
        boolean sending = editions.find(handle, id)
                .filter(edition -> edition.state() == EditionState.SENDING)
                .isPresent();
        if (!sending) {
            return;
        }
        for (Stop stop : rules.judge(providers.tallies(handle, id))) {
            if (stop instanceof Stop.OfProvider one) {
                editions.pauseProvider(handle, id, one.provider(), stop.reason(), at);
            } else {
                editions.pause(handle, id, stop.reason(), at);
            }
        }
    }
}
