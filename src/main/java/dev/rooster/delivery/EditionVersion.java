package dev.rooster.delivery;

import dev.rooster.mail.MessageHeaders;
import dev.rooster.mail.Skeleton;
import java.time.Instant;

/**
 * What is sent, resumed and archived. Never changed after it was written.
 *
 * @param version 1 from the freeze; one more each time the issue is mended during a pause
 * @param contentHash SHA-256 over headers and both parts, hex
 * @param releasedAt the Date of every copy (RFC 5322 §3.6.1)
 * @param origin null for a version of before it was frozen: its copies take today's
 */
public record EditionVersion(
        EditionId edition,
        int version,
        MessageHeaders headers,
        Skeleton html,
        Skeleton text,
        String archiveHtml,
        String contentHash,
        Instant releasedAt,
        Origin origin) {}
