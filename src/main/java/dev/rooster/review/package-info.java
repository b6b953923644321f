/**
 * What happens to an issue before its readers get it: the proof, the staff copy, and who approved it or held it back.
 *
 * <p>Start at {@link dev.rooster.review.RunDueMoments} (what goes out, when), {@link dev.rooster.review.ReviewIssue} (what a
 * reviewer's press does) and {@link dev.rooster.review.ReviewStanding} (what all presses together mean).
 *
 * <p>Rationale. A slot has three moments; the readers' is decided by the slot table, and this package only stands in its way
 * ({@link dev.rooster.review.GatedSlots}). The copies go through the outbox of notices, so that each is sent exactly once by
 * the same rules as any single mail. Decisions are only ever added: what counts is computed from all of them, so that two
 * people who press at the same moment lose nothing.
 */
package dev.rooster.review;
