package dev.rooster.newsletter;

import java.time.LocalDate;

/** What an operator decided about one date, against or beside the rule. */
public sealed interface SlotChange {

    /** No issue on this date (a holiday). */
    record Skipped() implements SlotChange {}

    /** No issue on this date: it appears on another one. The other date needs its own {@link Added}. */
    record MovedTo(LocalDate date) implements SlotChange {}

    /** This date has a slot whatever the rule says: something was moved here, or the row was made while the rule was another. */
    record Added() implements SlotChange {}
}
