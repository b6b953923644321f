/**
 * What providers of relays tell by HTTP about mails they took: bytes in, values out, no I/O. Entry point: {@link
 * dev.rooster.mail.event.ReadEvents}. Whether a request is genuine is decided before, in {@code mail.hook}.
 *
 * <p>A provider's own word for a failure ("hard", "permanent") is not believed alone: what the receiving server answered
 * is judged by the same rules as a returned mail, so that a refusal that blames us never costs a reader the subscription.
 */
package dev.rooster.mail.event;
