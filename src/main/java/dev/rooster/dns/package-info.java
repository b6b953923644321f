/**
 * What the world's DNS says about a sender: SPF, DKIM, DMARC, the way back for bounces.
 *
 * <p>Entry point: {@link dev.rooster.dns.DomainCheck}. It asks through the port {@link dev.rooster.dns.DnsLookup}, so that
 * tests answer from a map; {@link dev.rooster.dns.DnsjavaLookup} asks the machine's resolvers. Ring 2.
 *
 * <p>Rationale: whether mail is believed depends on records that are not in our hands, and mistakes there are silent: mail
 * goes out and lands in the junk. A lookup that gets no answer is told as such, and never taken for a missing record.
 */
package dev.rooster.dns;
