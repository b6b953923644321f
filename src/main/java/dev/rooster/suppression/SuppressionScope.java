package dev.rooster.suppression;

import dev.rooster.newsletter.NewsletterId;

/**
 * What a suppression is about: one newsletter or all of them.
 *
 * @param newsletterId as stored: the newsletter's id, or 0 for all
 */
public record SuppressionScope(long newsletterId) {
    private static final SuppressionScope ALL = new SuppressionScope(0);

    public static SuppressionScope all() {
        return ALL;
    }

    public static SuppressionScope of(NewsletterId newsletter) {
        return new SuppressionScope(newsletter.value());
    }

    public boolean isAll() {
        return newsletterId == 0;
    }
}
