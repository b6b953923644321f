package dev.rooster.bounce;

import java.time.Instant;

/**
 * What somebody decided about a letter that asks to stop.
 *
 * @param by an operator's address, or who worked at the command line
 */
public record StopAnswer(JdbiStopRequests.Answer answer, Instant at, String by) {}
