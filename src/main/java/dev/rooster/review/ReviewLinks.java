package dev.rooster.review;

import dev.rooster.newsletter.Newsletter;
import dev.rooster.template.Url;
import dev.rooster.token.AddressHash;
import dev.rooster.token.Purpose;
import dev.rooster.token.Tokens;
import java.net.URI;

/**
 * The links by which a reviewer approves an issue or holds it back. Each holds a token for one person, one moment of one issue
 * and one purpose. Thread-safe.
 */
public final class ReviewLinks {
    private final String site;
    private final Tokens tokens;

    /** @param site where Rooster's pages are reached */
    public ReviewLinks(URI site, Tokens tokens) {
        this.site = site.toString().replaceAll("/+$", "");
        this.tokens = tokens;
    }

    Url approve(Newsletter newsletter, PastMoment moment, String personHash) {
        return new Url(site + path(Purpose.APPROVE, newsletter, moment, AddressHash.publicId(personHash)));
    }

    Url hold(Newsletter newsletter, PastMoment moment, String personHash) {
        return new Url(site + path(Purpose.HOLD, newsletter, moment, AddressHash.publicId(personHash)));
    }

    /** @param person see {@link AddressHash#publicId} */
    String path(Purpose purpose, Newsletter newsletter, PastMoment moment, long person) {
        return "/a/" + tokens.seal(purpose, newsletter.publicId(), moment.publicId(), person);
    }
}
