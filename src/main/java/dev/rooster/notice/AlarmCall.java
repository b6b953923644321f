package dev.rooster.notice;

import dev.rooster.newsletter.NewsletterId;
import java.time.Instant;

/**
 * An alarm to be told by HTTP.
 *
 * @param attempts how often it was tried before
 */
record AlarmCall(long id, NewsletterId newsletter, String subject, String body, int attempts, Instant createdAt) {}
