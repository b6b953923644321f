package dev.rooster.issue;

import dev.rooster.newsletter.Newsletter;
import dev.rooster.newsletter.Slot;
import java.util.Optional;

/**
 * What became of a slot whose time came, for those who tell the operators.
 *
 * @param state started, held or empty
 * @param note why it was held; "" when it is just late
 */
public record SlotResult(Newsletter newsletter, Slot slot, SlotState state, Optional<IssueId> issue, String note) {}
