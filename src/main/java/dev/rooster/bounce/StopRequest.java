package dev.rooster.bounce;

import dev.rooster.newsletter.NewsletterId;
import dev.rooster.subscriber.SubscriberId;
import java.time.Duration;
import java.time.Instant;

/**
 * A person asked in plain words to get no more mail, and nothing proves who wrote it: somebody has to look and decide.
 *
 * @param id 0 before it is written
 * @param publicId what links name; random, never used again; 0: listed before there were links
 * @param source where the mail came from, as with bounces
 * @param sender who it says it is from
 * @param subscriber whom it seems to be about: by the token of the mail it answers, else by the sender's address; null: nobody
 *     known here
 * @param newsletter which one they mean; null if that is not clear
 * @param words what they wrote, at most {@value #WORDS_MAX} characters
 */
public record StopRequest(
        long id,
        long publicId,
        Instant receivedAt,
        String source,
        String sender,
        SubscriberId subscriber,
        NewsletterId newsletter,
        String words) {
    static final int WORDS_MAX = 300;

    private static final Duration LINKS_WORK = Duration.ofDays(30);

    /** From when on links to it decide nothing more. */
    public Instant linksUntil() {
        return receivedAt.plus(LINKS_WORK);
    }
}
