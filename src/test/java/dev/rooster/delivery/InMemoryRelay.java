package dev.rooster.delivery;

import dev.rooster.mail.MessageBuffer;
import dev.rooster.mail.SmtpCommand;
import dev.rooster.mail.SmtpReply;
import dev.rooster.mail.relay.BodyResult;
import dev.rooster.mail.relay.Envelope;
import dev.rooster.mail.relay.EnvelopeResult;
import dev.rooster.mail.relay.Relay;
import dev.rooster.mail.relay.RelaySession;
import dev.rooster.mail.relay.RelayUnavailable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A relay within the process: keeps what it takes, refuses whom it is told to. */
final class InMemoryRelay implements Relay {
    static final SmtpReply OK = new SmtpReply(250, "2.0.0", "Ok: queued");

    final Map<String, List<String>> taken = new ConcurrentHashMap<>();
    /** Every body that was written, whatever became of it. */
    final List<Written> written = new CopyOnWriteArrayList<>();

    final AtomicInteger open = new AtomicInteger();
    final AtomicInteger openMost = new AtomicInteger();
    volatile Function<Envelope, SmtpReply> envelopes = envelope -> null;
    volatile Function<Envelope, SmtpReply> bodies = envelope -> OK;
    /** When set, bodies wait for it after their dot. */
    volatile CountDownLatch gate;

    volatile boolean unreachable;

    /** A copy as it stood on the wire. */
    record Written(Envelope envelope, String message) {}

    int messages() {
        return taken.values().stream().mapToInt(List::size).sum();
    }

    @Override
    public String name() {
        return "default";
    }

    @Override
    public boolean loopback() {
        return true;
    }

    @Override
    public RelaySession connect() throws RelayUnavailable {
        if (unreachable) {
            throw new RelayUnavailable(
                    RelayUnavailable.Kind.CONNECT, SmtpCommand.CONNECT, null, "connection refused", null);
        }
        openMost.accumulateAndGet(open.incrementAndGet(), Math::max);
        return new Session();
    }

    private final class Session implements RelaySession {
        private final CountDownLatch abandoned = new CountDownLatch(1);
        private Envelope current;
        private Envelope riding;
        private boolean closed;

        @Override
        public EnvelopeResult open(Envelope envelope) {
            current = envelope;
            SmtpReply refusal = envelopes.apply(envelope);
            return refusal == null ? new EnvelopeResult.Ready() : new EnvelopeResult.Refused(SmtpCommand.RCPT, refusal);
        }

        @Override
        public BodyResult send(MessageBuffer body, Envelope nextOrNull) {
            riding = nextOrNull;
            CountDownLatch wait = gate;
            try {
                while (wait != null && wait.getCount() > 0) {
                    if (abandoned.await(5, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                        return new BodyResult.Lost(true, "abandoned");
                    }
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            String message = new String(body.toByteArray(), StandardCharsets.UTF_8);
            written.add(new Written(current, message));
            SmtpReply reply = bodies.apply(current);
            if (reply == null) {
                close();
                return new BodyResult.Lost(true, "connection reset");
            }
            if (reply.firstDigit() == 2) {
                taken.computeIfAbsent(current.rcpt().text(), who -> new CopyOnWriteArrayList<>())
                        .add(message);
            }
            return new BodyResult.Answered(reply);
        }

        @Override
        public EnvelopeResult next() {
            return open(riding);
        }

        @Override
        public void abandon() {
            abandoned.countDown();
            close();
        }

        @Override
        public boolean usable() {
            return !closed;
        }

        @Override
        public synchronized void close() {
            if (!closed) {
                closed = true;
                open.decrementAndGet();
            }
        }
    }
}
