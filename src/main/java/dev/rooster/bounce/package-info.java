/**
 * What came back, on the right delivery, with the right consequence. Entry points: {@link
 * dev.rooster.bounce.TakeReturnedMail} for mails, {@link dev.rooster.bounce.RecordRefusals} for what relays answer at once.
 *
 * <p>Two rules keep a bad day from costing readers. Only a token of ours proves that a report is about our mail, so nothing
 * else touches a subscriber. And a refusal that blames us (policy, authentication, reputation, content, size) never counts
 * against the recipient. Records, consequences and the ledger change in one transaction; the same mail read twice changes
 * nothing.
 */
package dev.rooster.bounce;
