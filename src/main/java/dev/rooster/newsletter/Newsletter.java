package dev.rooster.newsletter;

/**
 * A publication as this installation knows it.
 *
 * @param id its row in this database
 * @param publicId random, named in tokens and never reused
 * @param settings as read at the start
 */
public record Newsletter(NewsletterId id, long publicId, NewsletterSettings settings) {

    /** The key in the settings and the first segment of the public pages. */
    public String name() {
        return settings.name();
    }
}
