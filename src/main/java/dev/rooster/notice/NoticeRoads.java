package dev.rooster.notice;

import dev.rooster.mail.relay.Relay;
import dev.rooster.newsletter.Newsletter;
import java.util.List;

/** Which relays may carry a notice. */
@FunctionalInterface
public interface NoticeRoads {
    /** At least one, in the order to try: the next is taken when one can't be reached or takes no mail for now. */
    List<Relay> of(Notice notice, Newsletter newsletter);
}
