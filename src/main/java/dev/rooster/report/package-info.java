/**
 * What happened: the balance sheet of an edition, every delivery of it, and everything known of one person.
 *
 * <p>Entry points: {@link dev.rooster.report.JdbiEditionReport}, {@link dev.rooster.report.JdbiRecipients},
 * {@link dev.rooster.report.JdbiPersonFile}. It reads the tables of all features and changes none; nobody imports it.
 *
 * <p>Its words are careful: <em>accepted</em> is what the relay took. That something reached a mailbox is only said where a
 * later fact (an arrival) says so.
 */
package dev.rooster.report;
