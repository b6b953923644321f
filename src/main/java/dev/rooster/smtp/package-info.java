/**
 * Relays over SMTP: connecting, protecting, authenticating, and handing over messages at the price of one round trip
 * each. Entry point: {@link dev.rooster.smtp.SmtpRelay}, described by {@link dev.rooster.smtp.RelaySettings}.
 *
 * <p>Jakarta Mail connects, says EHLO, STARTTLS and AUTH. Messages go another way than the library's, whose path costs
 * five times the processor time and waits for every reply: MAIL, RCPT and DATA in one write, the finished bytes as they
 * are, and the next envelope together with the final dot (RFC 2920). Doing so also tells at every moment whether the
 * dot has left, on which it depends whether a message may be sent again.
 */
package dev.rooster.smtp;
