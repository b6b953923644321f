/**
 * The pages that readers reach from their mails, sign-up, archive, feed and pictures; and, on a port of its own, health and
 * metrics.
 *
 * <p>Entry points: {@link dev.rooster.web.PublicServer} and {@link dev.rooster.web.ManagementServer}.
 *
 * <p>Rationale: a mail is opened by scanners before it is opened by people, so no GET ever changes anything and no page
 * submits itself: there is no JavaScript at all. A page's link is its permission: no cookie, no login, no session; hence
 * nothing to forge across sites, and no referrer ever carries a link away. Pages are templates; this package decides only
 * what they show. Nothing here knows how a mail is sent.
 */
package dev.rooster.web;
