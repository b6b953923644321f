package dev.rooster.delivery;

import dev.rooster.newsletter.NewsletterId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** All that {@link Dispatcher#step} remembers from one step to the next. Owned by one thread. */
final class DispatcherState {
    final Map<String, RelayRun> relays = new LinkedHashMap<>();
    final Map<EditionId, EditionRun> editions = new LinkedHashMap<>();
    final Rates rates;
    /** When nothing of a newsletter leaves: the end of its silence; null while it is not silent. */
    final BiFunction<NewsletterId, Instant, Instant> silence;

    /** What the next commit records. Kept until a commit of it is durable. */
    final List<Outcome> outcomes = new ArrayList<>();
    /** What the next commit asks leave for, with the connections that wait. */
    final Map<DeliveryKey, ConnectionRun> waiting = new LinkedHashMap<>();

    final List<Start> starts = new ArrayList<>();
    /** Outcomes of the commit that is under way. */
    List<Outcome> committing = List.of();
    /** Rows of editions that closed, still to be given back. */
    final List<ClaimedDelivery> givenUp = new ArrayList<>();
    /** While set, the database can't be written: no body is begun until a commit went through. */
    Instant ledgerRetryAt;

    Duration ledgerRest = Duration.ZERO;
    Instant stopDeadline;
    boolean stopped;
    /** Where the search for the next row went on, so that editions take turns. */
    int turn;

    /** Without limits. */
    DispatcherState() {
        this(Rates.unlimited());
    }

    /** @param rates how fast this node may send */
    DispatcherState(Rates rates) {
        this(rates, (newsletter, now) -> null);
    }

    /** @param silence until when nothing of a newsletter leaves; answers null while it is not silent */
    DispatcherState(Rates rates, BiFunction<NewsletterId, Instant, Instant> silence) {
        this.rates = rates;
        this.silence = silence;
    }

    /** Connections that have a mail under way, from the offer of its envelope to the reply to its body. */
    int mailsUnderWay() {
        int mails = 0;
        for (RelayRun relay : relays.values()) {
            for (ConnectionRun connection : relay.connections.values()) {
                switch (connection.phase) {
                    case OPENING, READY, WRITING -> mails++;
                    case CLOSED, CONNECTING, IDLE, CLOSING -> {}
                }
            }
        }
        return mails;
    }

    boolean stopping() {
        return stopDeadline != null;
    }

    boolean ledgerDown() {
        return ledgerRetryAt != null;
    }
}
