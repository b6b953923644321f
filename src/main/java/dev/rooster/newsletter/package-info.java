/**
 * What a publication is: its settings, its slots and what the law asks of it.
 *
 * <p>Start at {@link dev.rooster.newsletter.NewsletterSettings} (one entry of {@code newsletters:} in the settings) and at
 * {@link dev.rooster.newsletter.SlotCalendar} (when it fires). {@link dev.rooster.newsletter.Newsletters} is what the running
 * program knows; {@link dev.rooster.newsletter.JdbiNewsletters} only gives each name an id, for ever.
 *
 * <p>Rationale. Everything about time here is a pure function of a rule, a zone and an instant: which process wakes up, and
 * how often, can then never change which slots exist. A slot is named by its <em>date</em>, not by its instant, because the
 * date is what people say, and what stays the same when a clock is changed.
 */
package dev.rooster.newsletter;
