package dev.rooster.bounce;

import java.util.List;

/**
 * What became of a provider's events.
 *
 * @param records what was written, one for each that had to be
 * @param noted arrivals that say more than what was known
 * @param unmatched events that lead to no delivery
 */
public record TakenEvents(List<Bounce> records, int noted, int unmatched) {
    public TakenEvents {
        records = List.copyOf(records);
    }
}
