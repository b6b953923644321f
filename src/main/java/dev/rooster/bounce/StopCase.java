package dev.rooster.bounce;

import dev.rooster.newsletter.Newsletter;
import dev.rooster.subscriber.Subscriber;
import java.util.Optional;

/**
 * A letter that asks to stop, as somebody sees it who came by a link.
 *
 * @param newsletter by whose link; which one the letter means says {@link StopRequest#newsletter}
 * @param operator whose link it is; "" for one that the command line printed
 * @param person whom it seems to be about; empty: nobody known here, or erased since
 * @param answer what was decided; empty: nothing yet
 * @param settled the person gets nothing any more, on whatever road: nobody has to decide
 * @param expired the link is too old to decide anything
 */
public record StopCase(
        Newsletter newsletter,
        String operator,
        StopRequest request,
        Optional<Subscriber> person,
        Optional<StopAnswer> answer,
        boolean settled,
        boolean expired) {

    /** Whether a press of a button does something. */
    public boolean isOpen() {
        return answer.isEmpty() && !settled && !expired;
    }
}
