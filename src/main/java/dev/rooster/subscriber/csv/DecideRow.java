package dev.rooster.subscriber.csv;

import dev.rooster.subscriber.Attributes;
import dev.rooster.subscriber.SubscriptionState;
import dev.rooster.suppression.SuppressionReason;
import java.util.HashMap;
import java.util.Map;

/** What becomes of a row, given what is known of the person. Pure. */
final class DecideRow {
    private DecideRow() {}

    /** Either a change, or why the row is left out. */
    record Decision(ImportChange change, RowProblem problem) {
        static Decision of(ImportChange change) {
            return new Decision(change, null);
        }

        static Decision leaveOut(RowProblem.Kind kind, String found, String detail) {
            return new Decision(null, RowProblem.of(kind, found, detail));
        }
    }

    /**
     * @param known who has the public id that this address gives; null: nobody
     * @param suppressed why the address may not be mailed; null: it may
     */
    static Decision decide(ImportRow.Person row, KnownPerson known, SuppressionReason suppressed) {
        if (known != null && !known.addressKey().equals(row.who().address().key())) {
            return Decision.leaveOut(
                    RowProblem.Kind.ID_TAKEN, row.who().address().text(), null);
        }
        return row.wanted().refused() ? refusal(row, known, suppressed) : welcome(row, known, suppressed);
    }

    private static Decision refusal(ImportRow.Person row, KnownPerson known, SuppressionReason suppressed) {
        if (known == null) {
            // an erased person is known by the hash alone, and stays so
            return suppressed == null ? Decision.of(ImportChange.ADD_REFUSED) : Decision.of(ImportChange.KEEP);
        }
        if (known.state() == null) {
            return Decision.of(ImportChange.ADD_REFUSED);
        }
        boolean agreedLater = row.declaredAt() != null
                && known.state() == SubscriptionState.ACTIVE
                && known.since().isAfter(row.declaredAt());
        return known.state().refused() || agreedLater
                ? Decision.of(ImportChange.KEEP)
                : Decision.of(ImportChange.REFUSE);
    }

    private static Decision welcome(ImportRow.Person row, KnownPerson known, SuppressionReason suppressed) {
        String address = row.who().address().text();
        if (known != null && known.state() != null && known.state().refused()) {
            return Decision.leaveOut(
                    RowProblem.Kind.REFUSED_BEFORE, address, known.state().text());
        }
        if (suppressed != null) {
            return Decision.leaveOut(RowProblem.Kind.SUPPRESSED, address, suppressed.text());
        }
        if (known == null || known.state() == null) {
            return Decision.of(ImportChange.ADD);
        }
        if (known.state() == SubscriptionState.PENDING && row.wanted() == Wanted.ACTIVE) {
            return Decision.of(ImportChange.PROMOTE);
        }
        return Decision.of(tellsSomethingNew(row, known) ? ImportChange.UPDATE : ImportChange.KEEP);
    }

    static boolean tellsSomethingNew(ImportRow.Person row, KnownPerson known) {
        var who = row.who();
        return who.name() != null && !who.name().equals(known.name())
                || who.language() != null && !who.language().tag().equals(known.language())
                || !who.attributes().isEmpty() && !attributes(row, known).equals(known.attributes());
    }

    /** The attributes of both, the row's over the known ones, as stored. */
    static String attributes(ImportRow.Person row, KnownPerson known) {
        if (row.who().attributes().isEmpty()) {
            return known.attributes();
        }
        Map<String, String> merged = new HashMap<>(Attributes.of(known.attributes()));
        merged.putAll(row.who().attributes());
        return Attributes.json(merged);
    }
}
