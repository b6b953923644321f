package dev.rooster.delivery;

import dev.rooster.newsletter.NewsletterId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * How fast mail may leave, by who carries it, whose it is and where it goes.
 *
 * @param relays by the relay's name
 * @param newsletters by the newsletter's name
 * @param providers by the mailbox provider's word, over all relays and newsletters; an empty list: no limit
 */
public record TrafficSettings(
        Map<String, RelayUse> relays, Map<String, SenderUse> newsletters, Map<String, List<RateLimit>> providers) {

    /** @param id of a newsletter's name */
    public Map<RateKey, List<RateLimit>> limits(Function<String, NewsletterId> id) {
        Map<RateKey, List<RateLimit>> limits = new LinkedHashMap<>();
        relays.forEach((name, use) -> limits.put(Rates.relay(name), use.rate()));
        newsletters.forEach((name, use) -> limits.put(Rates.newsletter(id.apply(name)), use.rate()));
        providers.forEach((word, rate) -> limits.put(Rates.provider(word), rate));
        return limits;
    }

    /** @param id of a newsletter's name */
    public Map<RateKey, WarmUp> warmUps(Function<String, NewsletterId> id) {
        Map<RateKey, WarmUp> warmUps = new LinkedHashMap<>();
        relays.forEach((name, use) -> {
            if (use.warmUp() != null) {
                warmUps.put(Rates.relay(name), use.warmUp());
            }
        });
        newsletters.forEach((name, use) -> {
            if (use.warmUp() != null) {
                warmUps.put(Rates.newsletter(id.apply(name)), use.warmUp());
            }
        });
        return warmUps;
    }
}
