package dev.rooster.mail.hook;

import java.net.URI;

/** What a request turned out to be. */
public sealed interface Checked {
    /**
     * From the provider.
     *
     * @param events the JSON that tells, without what it was wrapped in
     * @param onceKey what the signature covers, where it does not cover the events: it must not be taken again with
     *     others; null where it does
     */
    record Genuine(byte[] events, String onceKey) implements Checked {}

    /** From the provider, which asks that an address be visited before it tells anything. */
    record Subscription(URI confirm) implements Checked {}

    /** Not proven to be from the provider. */
    record Refused() implements Checked {}

    /** Can't be checked just now; the provider should tell it again. */
    record Unchecked(String why) implements Checked {}
}
