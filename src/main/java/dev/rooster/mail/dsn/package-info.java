/**
 * What came back: reads bounces, delay notices, complaints and auto-replies. Bytes in, values out, no I/O.
 *
 * <p>Entry points: {@link dev.rooster.mail.dsn.BounceParser} for a whole mail and
 * {@link dev.rooster.mail.dsn.DiagnosticClassifier} for the text of one refusal; the latter is also what an SMTP reply
 * during delivery is judged by, so that a refusal means the same however it reaches us.
 *
 * <p>Rationale: mail systems number in the hundreds but say few different things. The code therefore knows structures
 * (MIME, RFC 3464, RFC 5965, a notice followed by the returned message, an address followed by its reason), and the
 * wording is data: {@code rules-refusal.txt} and {@code rules-code.txt} (what a refusal means by its words, else by its codes), {@code rules-notice.txt} (what shows that a mail is
 * a bounce, a delay notice, a complaint or an auto-reply) and {@code rules-layout.txt} (where recipients are named and
 * where the returned message begins). Each rule has a reason and a sample; the tests run every sample. Phrases are
 * matched without backtracking, so no input is slow.
 */
package dev.rooster.mail.dsn;
