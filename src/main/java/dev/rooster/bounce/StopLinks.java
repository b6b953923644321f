package dev.rooster.bounce;

import dev.rooster.newsletter.Newsletter;
import dev.rooster.newsletter.Newsletters;
import dev.rooster.token.Purpose;
import dev.rooster.token.Tokens;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/** The links that the command line prints to letters that ask to stop. Thread-safe. */
public final class StopLinks {
    private final String site;
    private final Tokens tokens;
    private final Newsletters newsletters;

    /** @param site where Rooster's pages are reached */
    public StopLinks(URI site, Tokens tokens, Newsletters newsletters) {
        this.site = site.toString().replaceAll("/+$", "");
        this.tokens = tokens;
        this.newsletters = newsletters;
    }

    /** The page on which whoever has the link decides; empty: there is none, or it decides nothing any more. */
    public Optional<String> find(StopRequest request, Instant now) {
        if (request.publicId() == 0 || !now.isBefore(request.linksUntil())) {
            return Optional.empty();
        }
        Optional<Newsletter> newsletter = request.newsletter() == null
                ? newsletters.all().stream().findFirst()
                : newsletters.find(request.newsletter());
        return newsletter.map(
                found -> site + "/a/" + tokens.seal(Purpose.STOP_REQUEST, found.publicId(), request.publicId(), 0));
    }
}
