/**
 * Authoring: one number of a newsletter as a Markdown file, read, checked, outlined, stored and queued.
 *
 * <p>Entry points: {@link dev.rooster.issue.IssueParser} makes a {@link dev.rooster.issue.IssueDocument} and a list of
 * findings out of bytes; {@link dev.rooster.issue.AddIssue} stores an accepted issue with its pictures;
 * {@link dev.rooster.issue.IssueQueue} gives it a slot.
 *
 * <p>The file is CommonMark that any editor shows well, under a few lines of {@code key: value}. Everything before the
 * first {@code ##} is the lead; {@code ##} is a numbered topic unless its words are reserved
 * ({@code headings-*.properties}); a picture alone on its line is a figure; a quotation whose lines begin with emoji is a
 * conversation. {@code docs/issue-format.md} tells it to writers.
 *
 * <p>Rationale. Three rules of CommonMark misread Korean (flanking stars, setext headings, dates taken for lists). They
 * are mended through the library's extension points and by marks that are taken out again, not by a parser of our own:
 * the standard's other rules are hard and the library has them right. Blocks leave here as ready HTML from an allow-list
 * with the plain text of exactly that HTML, so the two parts of a mail can't say different things and no template can
 * forget to escape. An error refuses the whole issue, since half an issue can't be unsent; all are told at once.
 */
package dev.rooster.issue;
