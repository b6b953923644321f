package dev.rooster.delivery;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The rates that several nodes share, in plain maps. Not thread-safe. */
final class InMemoryRates implements RateStore {
    private final InstantSource clock;
    private final Map<RateKey, Instant> next = new HashMap<>();
    private final Map<RateKey, TreeMap<Instant, Long>> uses = new HashMap<>();

    InMemoryRates(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public List<RateGrant> reserve(List<RateAsk> asks) {
        List<RateGrant> grants = new ArrayList<>();
        for (RateAsk ask : asks) {
            Instant now = clock.instant();
            TreeMap<Instant, Long> used = uses.computeIfAbsent(ask.key(), key -> new TreeMap<>());
            used.merge(now, -ask.returned(), Long::sum);
            RateGrant grant = RateGrant.decide(
                    ask,
                    next.get(ask.key()),
                    limit -> used.tailMap(limit.period().windowStart(now), false).values().stream()
                            .mapToLong(Long::longValue)
                            .sum(),
                    now);
            if (grant.messages() > 0) {
                used.merge(now, (long) grant.messages(), Long::sum);
                next.put(ask.key(), grant.nextAfter(now));
            }
            grants.add(grant);
        }
        return grants;
    }
}
