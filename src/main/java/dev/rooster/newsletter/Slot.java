package dev.rooster.newsletter;

import java.time.Instant;
import java.time.LocalDate;

/**
 * A date on which a newsletter appears, and the instant that this means.
 *
 * @param date in the newsletter's zone; names the slot
 * @param at the instant at which it fires
 */
public record Slot(LocalDate date, Instant at) {}
