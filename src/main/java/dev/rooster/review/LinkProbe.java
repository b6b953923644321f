package dev.rooster.review;

import java.net.URI;
import java.util.List;

/** Asks whether links answer. Takes a bounded time, changes nothing at the other end. Thread-safe. */
@FunctionalInterface
public interface LinkProbe {
    /** An answer for each link, in their order. */
    List<LinkAnswer> probe(List<URI> links);

    /**
     * How a link answered.
     *
     * @param detail the status, or what went wrong, in a few words; may be empty
     */
    record LinkAnswer(URI link, Kind kind, String detail) {}

    /** Kinds of answers. Texts: {@code rehearsal.link.…} in this package's messages. */
    enum Kind {
        ANSWERED,
        /** It answers, but not to a program: a person must look. */
        KEEPS_ROBOTS_OUT,
        /** 404 or 410. */
        GONE,
        /** Another refusal, or an answer that is none. */
        FAILING,
        NO_SUCH_HOST,
        UNREACHABLE,
        BAD_CERTIFICATE,
        /** It leads into a private network: nobody asked, readers can't reach it. */
        PRIVATE,
        /** Too many links, or no time was left. */
        NOT_ASKED
    }
}
