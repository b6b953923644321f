package dev.rooster.delivery;

import dev.rooster.mail.SmtpCommand;
import dev.rooster.mail.SmtpReply;
import java.time.Duration;
import java.util.List;

/** What happened, as the dispatcher's step is told it. */
sealed interface Event {
    /** From a connection. */
    sealed interface OfConnection extends Event {
        ConnectionId connection();
    }

    record Connected(ConnectionId connection) implements OfConnection {}

    /** @param login true when the relay refused our login: no other recipient will change that */
    record ConnectFailed(ConnectionId connection, boolean login, String why) implements OfConnection {}

    /** The relay asks for the body (354). @param mayRide whether one more envelope fits this connection's lifetime */
    record Ready(ConnectionId connection, ClaimedDelivery delivery, boolean mayRide) implements OfConnection {}

    /** The envelope was refused; the connection can be used on. */
    record Refused(ConnectionId connection, ClaimedDelivery delivery, SmtpCommand at, SmtpReply reply)
            implements OfConnection {}

    /**
     * The connection went away before the relay asked for the body. It is closed.
     *
     * @param beforeAnyReply the relay had not even answered MAIL: it says nothing about the recipient
     */
    record EnvelopeLost(ConnectionId connection, ClaimedDelivery delivery, String why, boolean beforeAnyReply)
            implements OfConnection {
        EnvelopeLost(ConnectionId connection, ClaimedDelivery delivery, String why) {
            this(connection, delivery, why, false);
        }
    }

    /** The reply to the final dot. @param usable whether the connection can take another envelope */
    record Answered(ConnectionId connection, ClaimedDelivery delivery, SmtpReply reply, boolean usable)
            implements OfConnection {}

    /** The connection went away while the body was written or its reply awaited. It is closed. */
    record BodyLost(ConnectionId connection, ClaimedDelivery delivery, boolean dotWritten, String why)
            implements OfConnection {}

    /** No message can be made for this recipient; nothing was written. @param closed whether the connection had to go */
    record Unsendable(ConnectionId connection, ClaimedDelivery delivery, boolean closed, String why)
            implements OfConnection {}

    /** A connection that was told to close has. */
    record Closed(ConnectionId connection) implements OfConnection {}

    record RelayKnown(String relay, int connections) implements Event {}

    /** @param relays that carry it, known before */
    record EditionOpened(SendingEdition edition, List<RelayShare> relays) implements Event {
        EditionOpened(SendingEdition edition, String relay) {
            this(edition, List.of(new RelayShare(relay, 1, 0)));
        }
    }

    /** The edition may not be sent any more: paused, cancelled, held. */
    record EditionClosed(EditionId edition) implements Event {}

    record Claimed(EditionId edition, ClaimScope scope, Claim claim) implements Event {}

    record ClaimFailed(EditionId edition, ClaimScope scope, String why) implements Event {}

    record RatesGranted(List<RateGrant> grants) implements Event {}

    /** The rates can't be read; nothing was granted. */
    record RatesFailed(List<RateAsk> asks) implements Event {}

    record FinishAnswered(EditionId edition, FinishCheck check) implements Event {}

    /** @param pace how first tries leave from now on; null: the ledger could not be asked */
    record CanaryAnswered(EditionId edition, Pace pace) implements Event {}

    record FinishFailed(EditionId edition) implements Event {}

    /** The commit of the last step's action is durable. */
    record Committed(List<StartAnswer> answers) implements Event {}

    /** The commit of the last step's action failed, or nobody knows. */
    record CommitFailed(String why) implements Event {}

    /** This node's lease has run out. */
    record LeaseLost() implements Event {}

    /** Stop now. @param grace how long replies on the wire are waited for */
    record Stop(Duration grace) implements Event {}

    /** Rows could not be given back to the ledger; this node still holds them. */
    record ReleaseFailed(List<ClaimedDelivery> rows) implements Event {}
}
