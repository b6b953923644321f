package dev.rooster.review;

import java.util.List;
import java.util.Optional;

/**
 * What all decisions about an issue together mean.
 *
 * @param hold the one that holds it back; empty: nobody does
 * @param approvals those that count: after the last hold, and about the text as it is now
 */
public record ReviewStanding(Optional<ReviewDecision> hold, List<ReviewDecision> approvals) {
    /**
     * Pure.
     *
     * @param decisions in the order in which they were taken
     * @param textHash of the text as it is now
     */
    static ReviewStanding of(List<ReviewDecision> decisions, String textHash) {
        int lastHold = -1;
        for (int i = 0; i < decisions.size(); i++) {
            if (decisions.get(i).kind() == ReviewDecision.Kind.HOLD) {
                lastHold = i;
            }
        }
        List<ReviewDecision> after = decisions.subList(lastHold + 1, decisions.size());
        return new ReviewStanding(
                lastHold >= 0 && after.isEmpty() ? Optional.of(decisions.get(lastHold)) : Optional.empty(),
                after.stream()
                        .filter(decision -> decision.textHash().equals(textHash))
                        .toList());
    }

    /**
     * Whether a decision says nothing new: the same person said the same of the same text, and nobody said otherwise since.
     *
     * @param decisions in the order in which they were taken
     */
    static boolean saidBefore(List<ReviewDecision> decisions, ReviewDecision next) {
        for (int i = decisions.size() - 1; i >= 0; i--) {
            ReviewDecision earlier = decisions.get(i);
            if (!earlier.saysTheSameAs(next.kind())) {
                return false;
            }
            boolean sameWords = next.note().isEmpty() || !earlier.note().isEmpty();
            if (earlier.by().equals(next.by()) && earlier.textHash().equals(next.textHash()) && sameWords) {
                return true;
            }
        }
        return false;
    }

    public boolean approved() {
        return !approvals.isEmpty();
    }
}
