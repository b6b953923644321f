package dev.rooster.delivery;

import dev.rooster.mail.MessageBuffer;
import dev.rooster.mail.SmtpCommand;
import dev.rooster.mail.relay.BodyResult;
import dev.rooster.mail.relay.Envelope;
import dev.rooster.mail.relay.EnvelopeResult;
import dev.rooster.mail.relay.Relay;
import dev.rooster.mail.relay.RelaySession;
import dev.rooster.mail.relay.RelayUnavailable;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what the dispatcher wants of one connection, on a thread of its own, and tells what came of it. Decides nothing.
 * Its queue never holds more than two actions: the dispatcher waits for each one's event, but for {@link Action.Abandon}.
 */
final class ConnectionWorker implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionWorker.class);

    private final ConnectionId id;
    private final Relay relay;
    private final Copies copies;
    private final Consumer<Event> tell;
    private final BooleanSupplier leaseHolds;
    private final BlockingQueue<Action.OfConnection> todo = new LinkedBlockingQueue<>();
    private final MessageBuffer buffer = new MessageBuffer();
    private volatile RelaySession session;
    private volatile boolean over;

    /** @param leaseHolds asked right before each body: a node that slept through its lease closes instead */
    ConnectionWorker(ConnectionId id, Relay relay, Copies copies, Consumer<Event> tell, BooleanSupplier leaseHolds) {
        this.id = id;
        this.relay = relay;
        this.copies = copies;
        this.tell = tell;
        this.leaseHolds = leaseHolds;
    }

    void give(Action.OfConnection action) {
        todo.add(action);
        if (action instanceof Action.Abandon) {
            RelaySession open = session;
            if (open != null) {
                open.abandon();
            }
        }
    }

    /** Ends the thread once it is free; the connection is closed without a dot. */
    void end() {
        over = true;
        give(new Action.Abandon(id));
    }

    @Override
    public void run() {
        try {
            while (!over) {
                carryOut(todo.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            drop();
        }
    }

    private void carryOut(Action.OfConnection action) {
        if (action instanceof Action.Connect) {
            connect();
        } else if (action instanceof Action.Open open) {
            open(open.delivery());
        } else if (action instanceof Action.Send send) {
            send(send.delivery(), send.riding());
        } else if (action instanceof Action.Close) {
            RelaySession open = session;
            session = null;
            if (open != null) {
                open.close();
            }
            tell.accept(new Event.Closed(id));
        } else if (action instanceof Action.Abandon) {
            drop();
            tell.accept(new Event.Closed(id));
        }
    }

    private void drop() {
        RelaySession open = session;
        session = null;
        if (open != null) {
            open.abandon();
        }
    }

    private void connect() {
        drop(); // one that was given up and not yet put away
        try {
            session = relay.connect();
            tell.accept(new Event.Connected(id));
        } catch (RelayUnavailable e) {
            tell.accept(new Event.ConnectFailed(id, e.kind() == RelayUnavailable.Kind.AUTH, e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("Connecting to relay {} failed in a way that is a bug; it is tried again later", relay.name(), e);
            tell.accept(new Event.ConnectFailed(id, false, e.toString()));
        }
    }

    private void open(ClaimedDelivery delivery) {
        Envelope envelope;
        try {
            envelope = copies.envelope(delivery);
        } catch (IllegalArgumentException e) {
            tell.accept(new Event.Unsendable(id, delivery, false, e.getMessage()));
            return;
        } catch (RuntimeException e) {
            opened(delivery, notMade(e));
            return;
        }
        EnvelopeResult result;
        try {
            result = session.open(envelope);
        } catch (RuntimeException e) {
            result = bug(e);
        }
        opened(delivery, result);
    }

    private EnvelopeResult bug(RuntimeException e) {
        LOG.error("An envelope on relay {} failed in a way that is a bug; the connection is closed", relay.name(), e);
        return new EnvelopeResult.Lost(SmtpCommand.BODY, e.toString());
    }

    /** Says nothing about the recipient: the version can't be read just now, say. */
    private static EnvelopeResult notMade(RuntimeException e) {
        LOG.error("A message could not be made; it is tried again later, and the connection is closed", e);
        return new EnvelopeResult.Lost(SmtpCommand.BODY, "no message could be made: " + e);
    }

    /** The body is made before leave for it is asked, so that a row that can't be sent is never marked as being sent. */
    private void opened(ClaimedDelivery delivery, EnvelopeResult result) {
        if (result instanceof EnvelopeResult.Ready) {
            try {
                copies.write(delivery, buffer);
            } catch (IllegalArgumentException e) {
                drop();
                tell.accept(new Event.Unsendable(id, delivery, true, e.getMessage()));
                return;
            } catch (RuntimeException e) {
                opened(delivery, notMade(e));
                return;
            }
            tell.accept(new Event.Ready(id, delivery, session.usable()));
        } else if (result instanceof EnvelopeResult.Refused refused) {
            tell.accept(new Event.Refused(id, delivery, refused.at(), refused.reply()));
        } else if (result instanceof EnvelopeResult.Lost lost) {
            drop();
            boolean beforeAnyReply = lost.at() == SmtpCommand.MAIL || lost.at() == SmtpCommand.RSET;
            tell.accept(new Event.EnvelopeLost(id, delivery, lost.at() + ": " + lost.why(), beforeAnyReply));
        }
    }

    private void send(ClaimedDelivery delivery, ClaimedDelivery riding) {
        if (!leaseHolds.getAsBoolean()) {
            bodyLost(delivery, riding, false, "this node's lease ran out before the body was written");
            return;
        }
        Envelope next = null;
        String unsendable = null;
        EnvelopeResult notMade = null;
        if (riding != null) {
            try {
                next = copies.envelope(riding);
            } catch (IllegalArgumentException e) {
                unsendable = e.getMessage();
            } catch (RuntimeException e) {
                notMade = notMade(e);
            }
        }
        BodyResult result;
        try {
            result = session.send(buffer, next);
        } catch (RuntimeException e) {
            LOG.error("A body on relay {} failed in a way that is a bug; its end is unknown", relay.name(), e);
            result = new BodyResult.Lost(true, e.toString());
        }
        if (result instanceof BodyResult.Lost lost) {
            bodyLost(delivery, riding, lost.dotWritten(), lost.why());
            return;
        }
        tell.accept(new Event.Answered(
                id, delivery, ((BodyResult.Answered) result).reply(), riding != null || session.usable()));
        if (unsendable != null) {
            tell.accept(new Event.Unsendable(id, riding, false, unsendable));
        } else if (notMade != null) {
            opened(riding, notMade);
        } else if (riding != null) {
            EnvelopeResult envelope;
            try {
                envelope = session.next();
            } catch (RuntimeException e) {
                envelope = bug(e);
            }
            opened(riding, envelope);
        }
    }

    private void bodyLost(ClaimedDelivery delivery, ClaimedDelivery riding, boolean dotWritten, String why) {
        drop();
        tell.accept(new Event.BodyLost(id, delivery, dotWritten, why));
        if (riding != null) {
            tell.accept(new Event.EnvelopeLost(id, riding, why));
        }
    }
}
