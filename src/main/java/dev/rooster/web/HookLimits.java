package dev.rooster.web;

import java.time.Duration;

/**
 * What those who post to the hooks may take, before anybody knows who they are.
 *
 * @param requests read at once, so that bodies can't fill the memory; the providers try again
 * @param perCaller of these, from one caller; fewer, so that one can't hold them all
 * @param silence how long a caller may send nothing in the middle of a request
 * @param grace how long a body may take before its rate counts
 * @param bytesPerSecondMin what it has to bring for each second after that, on the average
 * @param within what it may take in all
 */
record HookLimits(
        int requests, int perCaller, Duration silence, Duration grace, int bytesPerSecondMin, Duration within) {
    static HookLimits defaults() {
        return new HookLimits(8, 3, Duration.ofSeconds(3), Duration.ofSeconds(3), 64 * 1024, Duration.ofSeconds(20));
    }
}
