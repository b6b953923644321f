package dev.rooster.delivery;

/**
 * When an edition, or one mailbox provider in it, is stopped although the relay goes on taking mail.
 *
 * @param hardPercent more hard bounces than this stop; above 0, at most 100; 3 by default
 * @param hardAfter but not before so many deliveries are answered; 1–100,000, 200 by default
 * @param complaintsMin so many complaints …; 1–1,000, 3 by default
 * @param complaintPercent … that are more than this of the answered stop too; above 0, at most 100; 0.1 by default
 * @param faultsMax so many refusals because of us at one provider stop this provider; 1–1,000, 5 by default
 * @param faultsAllMin so many at all providers together …; 1–10,000, 20 by default
 * @param faultsAllPercent … that are also this share of the answered stop the edition; 0–100, 5 by default
 */
public record StopSettings(
        double hardPercent,
        int hardAfter,
        int complaintsMin,
        double complaintPercent,
        int faultsMax,
        int faultsAllMin,
        double faultsAllPercent) {

    public StopSettings {
        require(hardPercent > 0 && hardPercent <= 100, "hard-percent is above 0 and at most 100");
        require(hardAfter >= 1 && hardAfter <= 100_000, "hard-after is 1 to 100,000");
        require(complaintsMin >= 1 && complaintsMin <= 1_000, "complaints is 1 to 1,000");
        require(complaintPercent > 0 && complaintPercent <= 100, "complaint-percent is above 0 and at most 100");
        require(faultsMax >= 1 && faultsMax <= 1_000, "sender-faults is 1 to 1,000");
        require(faultsAllMin >= 1 && faultsAllMin <= 10_000, "faults is 1 to 10,000");
        require(faultsAllPercent >= 0 && faultsAllPercent <= 100, "faults-percent is 0 to 100");
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }

    public static StopSettings defaults() {
        return new StopSettings(3, 200, 3, 0.1, 5, 20, 5);
    }
}
