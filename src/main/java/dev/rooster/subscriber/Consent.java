package dev.rooster.subscriber;

import dev.rooster.newsletter.NewsletterId;
import java.time.Instant;

/** A piece of evidence as stored; fields as in {@link Evidence}, the method as its text. */
public record Consent(
        NewsletterId newsletter,
        ConsentKind kind,
        Instant at,
        String method,
        String source,
        String shownText,
        String ip,
        String userAgent) {}
