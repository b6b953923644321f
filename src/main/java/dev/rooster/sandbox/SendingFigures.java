package dev.rooster.sandbox;

import java.time.Duration;

/**
 * What a stretch of sending took.
 *
 * @param mails that were accepted
 * @param took on the wall's clock
 * @param processor time of the sender's whole process, all its threads
 */
public record SendingFigures(long mails, Duration took, Duration processor) {
    public double perSecond() {
        return mails / seconds(took);
    }

    /** Processor time for one mail, in microseconds. */
    public double microsEach() {
        return mails == 0 ? 0 : seconds(processor) * 1e6 / mails;
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
