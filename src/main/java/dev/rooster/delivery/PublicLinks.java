package dev.rooster.delivery;

import dev.rooster.token.Purpose;
import dev.rooster.token.Tokens;
import java.net.URI;

/**
 * The links of one recipient's copy. Each holds a token that only opens for its own page; those of a test send hold one that
 * changes nothing. Thread-safe.
 */
public final class PublicLinks {
    private final String site;
    private final Tokens tokens;

    /** @param site where Rooster's pages are reached */
    public PublicLinks(URI site, Tokens tokens) {
        String text = site.toString();
        this.site = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        this.tokens = tokens;
    }

    /** The same links, their tokens made with this key. @throws IllegalStateException when there is no such key */
    PublicLinks withKey(int tokenKey) {
        return new PublicLinks(URI.create(site), tokens.withKey(tokenKey));
    }

    /** All ids are public ids. */
    public String unsubscribe(long newsletter, long edition, long subscriber) {
        return site + "/u/" + tokens.seal(Purpose.UNSUBSCRIBE, newsletter, edition, subscriber);
    }

    public String preferences(long newsletter, long edition, long subscriber) {
        return site + "/p/" + tokens.seal(Purpose.PREFERENCES, newsletter, edition, subscriber);
    }

    /**
     * The mailto: form of the unsubscribe link (RFC 6068): an address that comes to the mailbox of bounces, with a token of its own
     * purpose, so that whoever forwards the mail gives away no proof of a bounce.
     *
     * @param prefix up to 8 characters; with the token they fit a local part (RFC 5321 §4.5.3.1.1)
     * @param subscriber 0: an address that changes nothing
     */
    public String unsubscribeByMail(String prefix, String domain, long newsletter, long subscriber) {
        return "mailto:" + prefix + "+" + tokens.seal(Purpose.UNSUBSCRIBE_BY_MAIL, 0, newsletter, subscriber) + "@"
                + domain + "?subject=unsubscribe";
    }

    /** @param vote good, soso or bad: which face the page shows first */
    public String feedback(long newsletter, long edition, long subscriber, String vote) {
        return site + "/f/" + tokens.seal(Purpose.FEEDBACK, newsletter, edition, subscriber) + "?vote=" + vote;
    }

    /** The link of a test send. @param path u, p or f */
    public String test(String path, long newsletter) {
        return site + "/" + path + "/" + tokens.seal(Purpose.TEST, newsletter, 0, 0);
    }
}
