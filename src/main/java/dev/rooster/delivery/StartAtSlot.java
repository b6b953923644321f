package dev.rooster.delivery;

import dev.rooster.issue.IssueId;
import dev.rooster.issue.SlotStarter;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.newsletter.Slot;
import org.jdbi.v3.core.Handle;

/** Starts the issue of a slot that fires: slot, issue and edition change in one transaction. */
public final class StartAtSlot implements SlotStarter {
    private final Editions editions;

    public StartAtSlot(Editions editions) {
        this.editions = editions;
    }

    @Override
    public String start(Handle handle, Newsletter newsletter, IssueId issue, Slot slot) {
        return editions.startAtSlot(handle, newsletter, issue, slot.date()) instanceof StartOutcome.Refused refused
                ? refused.refusal().message(newsletter.settings().language())
                : "";
    }
}
