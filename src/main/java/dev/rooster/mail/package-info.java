/**
 * What an e-mail is made of, as values: addresses, headers, MIME bodies, DKIM signatures, and the meaning of SMTP
 * replies. No I/O, no clock; ring 0.
 *
 * <p>Entry points: {@link dev.rooster.mail.EmailAddress} for addresses, {@link dev.rooster.mail.MessagePlan} for the
 * mail of an issue, {@link dev.rooster.mail.SingleMessage} for a single mail, {@link
 * dev.rooster.mail.ReplyClassifier} for what a reply means.
 *
 * <h2>Why messages are spliced</h2>
 *
 * Building a MIME message for each recipient costs about 1.6 ms, nearly all of it transfer encoding of text that is the
 * same for everybody. A {@link dev.rooster.mail.MessagePlan} therefore encodes the fixed text once; a recipient costs
 * the bytes of the holes and one copy. The result is an ordinary message that any MIME parser reads.
 */
package dev.rooster.mail;
