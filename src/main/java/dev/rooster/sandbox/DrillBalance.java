package dev.rooster.sandbox;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The relay's book against the ledger: what a drill is for. Fill it with {@link #count}, each recipient once, then read it. Used by
 * one thread.
 */
public final class DrillBalance {
    /** What can be wrong with a recipient. */
    public enum Wrong {
        /** The ledger says accepted, and the relay took nothing. */
        LOST,
        /** The ledger has no final state for it. */
        UNFINISHED,
        /** The relay took it, and the ledger says that it did not, without calling it uncertain. */
        NOT_TICKED_OFF,
        /** The relay takes this recipient, and the ledger gave it up; or the other way about. */
        WRONG_END,
        /** It got more copies than the ledger admits to. */
        UNMARKED_DUPLICATE,
        /** Its copies had different Message-IDs. */
        OTHER_MESSAGE_ID
    }

    private static final int EXAMPLES_MAX = 20;

    private final DrillRelay relay;
    private final Map<String, Long> states = new TreeMap<>();
    private final Map<Wrong, Long> wrong = new EnumMap<>(Wrong.class);
    private final Set<Wrong> found = EnumSet.noneOf(Wrong.class);
    private final List<String> examples = new ArrayList<>();
    private long recipients;
    private long duplicates;
    private long uncertainSeen;

    public DrillBalance(DrillRelay relay) {
        this.relay = relay;
    }

    /**
     * Compares one recipient.
     *
     * @param state the ledger's word for it
     * @param uncertainCount how often the ledger called it uncertain
     */
    public void count(String recipient, String state, int uncertainCount) {
        recipients++;
        states.merge(state, 1L, Long::sum);
        uncertainSeen += uncertainCount > 0 ? 1 : 0;
        DrillBook.Entry entry = relay.book().of(recipient);
        int copies = entry == null ? 0 : entry.copies();
        duplicates += Math.max(0, copies - 1);
        switch (state) {
            case "accepted" -> {
                note(copies == 0, Wrong.LOST);
                note(relay.refuses(recipient), Wrong.WRONG_END);
            }
            case "rejected", "expired", "skipped" -> {
                note(copies > 0, Wrong.NOT_TICKED_OFF);
                note(!state.equals("rejected") || !relay.refuses(recipient), Wrong.WRONG_END);
            }
            case "uncertain" -> note(relay.refuses(recipient) && copies > 0, Wrong.WRONG_END);
            default -> note(true, Wrong.UNFINISHED);
        }
        note(copies > 1 + uncertainCount, Wrong.UNMARKED_DUPLICATE);
        note(entry != null && (!entry.oneMessageId() || entry.messageId().isEmpty()), Wrong.OTHER_MESSAGE_ID);
        for (Wrong what : found) {
            wrong.merge(what, 1L, Long::sum);
            if (examples.size() < EXAMPLES_MAX) {
                examples.add(what + ": " + recipient + ", in the ledger " + state + ", uncertain " + uncertainCount
                        + " times; taken " + copies + " times, by the relay's plan "
                        + relay.fateOf(recipient));
            }
        }
        found.clear();
    }

    private void note(boolean holds, Wrong what) {
        if (holds) {
            found.add(what);
        }
    }

    /** The first of those with whom something is wrong, a line each, in English. */
    public List<String> examples() {
        return List.copyOf(examples);
    }

    public long recipients() {
        return recipients;
    }

    /** How many stand in a state. */
    public long of(String state) {
        return states.getOrDefault(state, 0L);
    }

    public long of(Wrong what) {
        return wrong.getOrDefault(what, 0L);
    }

    /** Copies beyond the first, of all recipients together. */
    public long duplicates() {
        return duplicates;
    }

    /** Recipients that were uncertain at least once, whatever became of them. */
    public long uncertainSeen() {
        return uncertainSeen;
    }

    /** Whether nothing is wrong with anybody, and as many were compared as there should be. */
    public boolean holds(long expected) {
        return wrong.isEmpty() && recipients == expected;
    }
}
