/**
 * The outbox of single mails: confirmations, welcomes, results of refusals, and what operators are told.
 *
 * <p>Entry points: {@link dev.rooster.notice.Notices} puts a notice in, within the caller's transaction;
 * {@link dev.rooster.notice.SendDueNotices} sends what is due.
 *
 * <p>Rationale: a notice belongs to the fact that caused it, so both are committed together, and its key (person, kind,
 * cause) makes saying it twice impossible. Whether it may still be sent is asked again just before it is. The words are
 * templates with one section per language, written once as text; the HTML part is made from that text, so the two parts
 * can't say different things.
 */
package dev.rooster.notice;
