package dev.rooster.template;

import dev.rooster.media.Picture;
import java.net.URI;

/**
 * The addresses in an issue that are the same for everybody.
 *
 * @param site where Rooster's pages are reached, without a slash at the end
 * @param newsletter its name, first segment of its pages
 * @param issue what the issue is called in the archive, one path segment
 */
public record EditionLinks(URI site, String newsletter, String issue) {

    /** Where readers sign up. */
    public Url home() {
        return new Url(base() + "/" + newsletter);
    }

    /** The issue as a page. */
    public Url archive() {
        return new Url(base() + "/" + newsletter + "/archive/" + issue);
    }

    /** A picture's bytes. */
    public Url picture(Picture picture) {
        return new Url(base() + "/media/" + picture.hash().hex());
    }

    private String base() {
        String text = site.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }
}
