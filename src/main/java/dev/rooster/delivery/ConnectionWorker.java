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
    private final Consumer<VirtualMachineError> broken;
    private final BlockingQueue<Action.OfConnection> todo = new LinkedBlockingQueue<>();
    private final MessageBuffer buffer = new MessageBuffer();
    private volatile RelaySession session;
    private volatile boolean over;
    /** Whose body is under way, and whose envelope: each is owed an event, whatever happens. Null: nobody's. */
    private ClaimedDelivery bodyOwed;

    private ClaimedDelivery envelopeOwed;

    /**
     * @param leaseHolds asked right before each body: a node that slept through its lease closes instead
     * @param broken told when the virtual machine itself fails, memory run out say: no more is to be begun on this node
     */
    ConnectionWorker(
            ConnectionId id,
            Relay relay,
            Copies copies,
            Consumer<Event> tell,
            BooleanSupplier leaseHolds,
            Consumer<VirtualMachineError> broken) {
        this.id = id;
        this.relay = relay;
        this.copies = copies;
        this.tell = tell;
        this.leaseHolds = leaseHolds;
        this.broken = broken;
    }

    void give(Action.OfConnection action) {
        todo.add(action);
        if (action instanceof Action.Abandon) {
            abandon(session);
        }
    }

    private void abandon(RelaySession open) {
        if (open == null) {
            return;
        }
        try {
            open.abandon();
        } catch (RuntimeException | Error e) {
            LOG.error("A connection to relay {} could not be put away", relay.name(), e);
            lookAt(e);
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
                Action.OfConnection action = todo.take();
                try {
                    carryOut(action);
                } catch (RuntimeException | Error e) {
                    answerFor(action, e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            drop();
        }
    }

    /** Without its event the dispatcher would wait for this connection for ever. What a body came to is then not known. */
    private void answerFor(Action.OfConnection action, Throwable e) {
        LOG.error("Connection {} failed in a way that is a bug; it is closed", id, e);
        lookAt(e);
        drop();
        ClaimedDelivery body = bodyOwed;
        ClaimedDelivery envelope = envelopeOwed;
        if (body != null) {
            answer(new Event.BodyLost(id, body, true, e.toString()));
        }
        if (envelope != null) {
            answer(new Event.EnvelopeLost(id, envelope, e.toString()));
        }
        if (action instanceof Action.Connect) {
            answer(new Event.ConnectFailed(id, false, e.toString()));
        } else if (action instanceof Action.Close || action instanceof Action.Abandon) {
            answer(new Event.Closed(id));
        }
    }

    private void answer(Event event) {
        tell.accept(event);
        if (event instanceof Event.Answered || event instanceof Event.BodyLost) {
            bodyOwed = null;
        } else {
            envelopeOwed = null;
        }
    }

    /** A stack that overflowed or a class that is missing spoils one message; a machine without memory spoils everything. */
    private void lookAt(Throwable e) {
        if (e instanceof VirtualMachineError error && !(e instanceof StackOverflowError)) {
            broken.accept(error);
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
            answer(new Event.Closed(id));
        } else if (action instanceof Action.Abandon) {
            drop();
            answer(new Event.Closed(id));
        }
    }

    private void drop() {
        RelaySession open = session;
        session = null;
        abandon(open);
    }

    /** What the relay answered is known; that is not lost because the connection is in doubt. */
    private boolean usable() {
        try {
            return session.usable();
        } catch (RuntimeException | Error e) {
            LOG.error("A connection to relay {} is in doubt and is closed", relay.name(), e);
            lookAt(e);
            return false;
        }
    }

    private void connect() {
        drop(); // one that was given up and not yet put away
        try {
            session = relay.connect();
            answer(new Event.Connected(id));
        } catch (RelayUnavailable e) {
            answer(new Event.ConnectFailed(id, e.kind() == RelayUnavailable.Kind.AUTH, e.getMessage()));
        } catch (RuntimeException | Error e) {
            LOG.error("Connecting to relay {} failed in a way that is a bug; it is tried again later", relay.name(), e);
            lookAt(e);
            answer(new Event.ConnectFailed(id, false, e.toString()));
        }
    }

    private void open(ClaimedDelivery delivery) {
        envelopeOwed = delivery;
        Envelope envelope;
        try {
            envelope = copies.envelope(delivery);
        } catch (IllegalArgumentException e) {
            answer(new Event.Unsendable(id, delivery, false, e.getMessage()));
            return;
        } catch (RuntimeException | Error e) {
            opened(delivery, notMade(e));
            return;
        }
        EnvelopeResult result;
        try {
            result = session.open(envelope);
        } catch (RuntimeException | Error e) {
            result = bug(e);
        }
        opened(delivery, result);
    }

    private EnvelopeResult bug(Throwable e) {
        LOG.error("An envelope on relay {} failed in a way that is a bug; the connection is closed", relay.name(), e);
        lookAt(e);
        return new EnvelopeResult.Lost(SmtpCommand.BODY, e.toString());
    }

    /** Says nothing about the recipient: the version can't be read just now, say. */
    private EnvelopeResult notMade(Throwable e) {
        LOG.error("A message could not be made; it is tried again later, and the connection is closed", e);
        lookAt(e);
        return new EnvelopeResult.Lost(SmtpCommand.BODY, "no message could be made: " + e);
    }

    /** The body is made before leave for it is asked, so that a row that can't be sent is never marked as being sent. */
    private void opened(ClaimedDelivery delivery, EnvelopeResult result) {
        if (result instanceof EnvelopeResult.Ready) {
            try {
                copies.write(delivery, buffer);
            } catch (IllegalArgumentException e) {
                drop();
                answer(new Event.Unsendable(id, delivery, true, e.getMessage()));
                return;
            } catch (RuntimeException | Error e) {
                opened(delivery, notMade(e));
                return;
            }
            answer(new Event.Ready(id, delivery, usable()));
        } else if (result instanceof EnvelopeResult.Refused refused) {
            answer(new Event.Refused(id, delivery, refused.at(), refused.reply()));
        } else if (result instanceof EnvelopeResult.Lost lost) {
            drop();
            boolean beforeAnyReply = lost.at() == SmtpCommand.MAIL || lost.at() == SmtpCommand.RSET;
            answer(new Event.EnvelopeLost(id, delivery, lost.at() + ": " + lost.why(), beforeAnyReply));
        }
    }

    private void send(ClaimedDelivery delivery, ClaimedDelivery riding) {
        bodyOwed = delivery;
        envelopeOwed = riding;
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
            } catch (RuntimeException | Error e) {
                notMade = notMade(e);
            }
        }
        BodyResult result;
        try {
            result = session.send(buffer, next);
        } catch (RuntimeException | Error e) {
            LOG.error("A body on relay {} failed in a way that is a bug; its end is unknown", relay.name(), e);
            lookAt(e);
            result = new BodyResult.Lost(true, e.toString());
        }
        if (result instanceof BodyResult.Lost lost) {
            bodyLost(delivery, riding, lost.dotWritten(), lost.why());
            return;
        }
        answer(new Event.Answered(id, delivery, ((BodyResult.Answered) result).reply(), riding != null || usable()));
        if (unsendable != null) {
            answer(new Event.Unsendable(id, riding, false, unsendable));
        } else if (notMade != null) {
            opened(riding, notMade);
        } else if (riding != null) {
            EnvelopeResult envelope;
            try {
                envelope = session.next();
            } catch (RuntimeException | Error e) {
                envelope = bug(e);
            }
            opened(riding, envelope);
        }
    }

    private void bodyLost(ClaimedDelivery delivery, ClaimedDelivery riding, boolean dotWritten, String why) {
        drop();
        answer(new Event.BodyLost(id, delivery, dotWritten, why));
        if (riding != null) {
            answer(new Event.EnvelopeLost(id, riding, why));
        }
    }
}
