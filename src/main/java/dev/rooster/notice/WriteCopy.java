package dev.rooster.notice;

import dev.rooster.mail.DkimKey;
import dev.rooster.mail.MessageBuffer;
import dev.rooster.newsletter.Newsletter;
import java.util.Optional;

/** Makes the mail of a notice that is a copy of an issue. Thread-safe. */
@FunctionalInterface
public interface WriteCopy {
    /**
     * Writes the complete message in place of what the buffer held. The same notice gives the same Message-ID and Date.
     *
     * @return why there is nothing to send any more; empty when it was written
     */
    Optional<String> write(Notice notice, Newsletter newsletter, Optional<DkimKey> key, MessageBuffer out);
}
