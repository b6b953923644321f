package dev.rooster.issue;

import dev.rooster.newsletter.Newsletter;
import dev.rooster.newsletter.Slot;
import org.jdbi.v3.core.Handle;

/** Starts the sending of an issue whose slot has come. The delivery side implements it. */
public interface SlotStarter {
    /**
     * Freezes the issue and makes its edition, inside the transaction that takes the slot: both are there or neither.
     * {@link IssueQueue#take} was not called yet.
     *
     * @return why it can't be started, in words for the operator; "" when it was
     */
    String start(Handle handle, Newsletter newsletter, IssueId issue, Slot slot);
}
