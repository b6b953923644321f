package dev.rooster.bounce;

import java.time.Duration;

/**
 * What is done about bounces. A rule by days alone would never fire on a weekly newsletter, and one by issues alone fires
 * in an hour if four are sent on one day; so soft bounces need both.
 *
 * @param softIssues so many issues in a row have to fail softly before the address is given up; 1–52, 4 by default
 * @param softPeriod and the first and the last of them have to be this far apart; 0–365 days, 21 by default. Half a day
 *     less is enough, so that a change of the clocks or a slow morning does not cost another issue
 * @param silence an accepted mail of which nothing was heard for so long has arrived, as far as the row of failures is
 *     concerned; 1–30 days, 5 by default: mail systems give up after 4 or 5
 */
public record BounceSettings(int softIssues, Duration softPeriod, Duration silence) {

    public BounceSettings {
        require(softIssues >= 1 && softIssues <= 52, "soft-issues", softIssues, "1–52");
        require(
                !softPeriod.isNegative() && softPeriod.compareTo(Duration.ofDays(365)) <= 0,
                "soft-period",
                softPeriod,
                "0–365 days");
        require(
                silence.compareTo(Duration.ofDays(1)) >= 0 && silence.compareTo(Duration.ofDays(30)) <= 0,
                "silence",
                silence,
                "1–30 days");
    }

    private static void require(boolean holds, String setting, Object found, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(setting + " is " + found + "; expected " + expected);
        }
    }

    public static BounceSettings defaults() {
        return new BounceSettings(4, Duration.ofDays(21), Duration.ofDays(5));
    }
}
