/**
 * Whether a request that claims to come from a provider does. Pure: headers, bytes, secrets and the time in, an answer out;
 * the one thing from outside, the certificate of Amazon SNS, comes through the port {@code CertificateSource}. Entry point:
 * {@link dev.rooster.mail.hook.HookCheck}.
 *
 * <p>All comparisons of secrets take constant time. A check says only that a request is not genuine, never why.
 */
package dev.rooster.mail.hook;
