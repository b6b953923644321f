/**
 * Where mail for us comes in: mailboxes, and mails that lie in files ({@link dev.rooster.inbox.MailFiles}).
 *
 * <p>What a mail means is decided elsewhere ({@code mail.dsn}, {@code bounce}); here it is only fetched, one mail in memory
 * at a time, and never lost before its meaning is committed.
 */
package dev.rooster.inbox;
