package dev.rooster.delivery;

import dev.rooster.mail.MessageBuffer;
import dev.rooster.mail.relay.Envelope;

/** Makes one recipient's copy. The same delivery gives the same octets at each try. Thread-safe. */
public interface Copies {
    /** @throws IllegalArgumentException when what is stored about the recipient fits no envelope */
    Envelope envelope(ClaimedDelivery delivery);

    /**
     * Writes the complete message in place of what the buffer held.
     *
     * @throws IllegalArgumentException when what is stored about the recipient fits no message
     */
    void write(ClaimedDelivery delivery, MessageBuffer out);
}
