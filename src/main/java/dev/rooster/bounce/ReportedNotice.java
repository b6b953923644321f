package dev.rooster.bounce;

import dev.rooster.newsletter.NewsletterId;

/**
 * A single mail that a report is about.
 *
 * @param kind confirmation, welcome, report …
 * @param personHash keyed hash of the address it went to
 * @param newsletter null: about the installation
 * @param address "" once forgotten
 */
public record ReportedNotice(long id, String kind, String personHash, NewsletterId newsletter, String address) {}
