package dev.rooster.mail.event;

import dev.rooster.mail.dsn.Original;
import dev.rooster.mail.dsn.ReportedRecipient;
import java.time.Instant;

/**
 * One thing that happened to one mail to one recipient.
 *
 * @param id the provider's own id of the event, the same when it is told again; null if there is none
 * @param at when it happened; null if the provider does not say
 * @param recipient whom it is about, with the verdict
 * @param original what the event repeats of our mail; {@code envelopeId} is what we gave the provider to give back
 */
public record MailEvent(EventKind kind, String id, Instant at, ReportedRecipient recipient, Original original) {}
