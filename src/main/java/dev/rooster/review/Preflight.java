package dev.rooster.review;

import dev.rooster.newsletter.Newsletter;
import java.util.List;

/** Looks at what a send needs outside: the relay, DNS. Sends nothing; takes a bounded time. Thread-safe. */
@FunctionalInterface
public interface Preflight {
    /** In the newsletter's language. */
    List<Rehearsal.Finding> look(Newsletter newsletter);
}
