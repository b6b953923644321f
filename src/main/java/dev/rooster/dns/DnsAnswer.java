package dev.rooster.dns;

import java.util.List;

/** What the resolver said. */
public sealed interface DnsAnswer {

    /** @param values at least one; the strings of one TXT record joined, host names without their last dot */
    record Found(List<String> values) implements DnsAnswer {
        public Found {
            values = List.copyOf(values);
        }
    }

    /** The name does not exist, or has nothing of that type. */
    record None() implements DnsAnswer {}

    /** No answer in time, or a failure of a server: nothing is known. */
    record Unanswered(String why) implements DnsAnswer {}
}
