package dev.rooster.template;

import dev.rooster.mail.Skeleton;

/**
 * An issue, ready to be frozen.
 *
 * @param subject of every copy, with {@code (광고)} in front when it is advertising
 * @param preheader the line that mailboxes show behind the subject; may be empty
 * @param html HTML part, styles inlined; lines end with LF
 * @param text text part, wrapped; lines end with LF
 * @param archiveHtml the issue as a page: nothing personal in it, the same for everybody
 */
public record RenderedIssue(String subject, String preheader, Skeleton html, Skeleton text, String archiveHtml) {}
