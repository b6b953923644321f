package dev.rooster.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.mail.MessageBuffer;
import dev.rooster.mail.SmtpReply;
import dev.rooster.mail.relay.BodyResult;
import dev.rooster.mail.relay.Envelope;
import dev.rooster.mail.relay.EnvelopeResult;
import dev.rooster.mail.relay.Relay;
import dev.rooster.mail.relay.RelaySession;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever is thrown on a connection's thread, the dispatcher is answered and the thread lives. */
class ConnectionWorkerTest {
    /** Where something is thrown. */
    private enum Step {
        CONNECT,
        ENVELOPE,
        OPEN,
        WRITE,
        USABLE,
        LEASE,
        SEND,
        NEXT,
        CLOSE,
        ABANDON
    }

    private static final ConnectionId ID = new ConnectionId("relay", 1);
    private final List<ClaimedDelivery> rows = DeliveryRows.fresh(new EditionId(1), 2);
    private final ClaimedDelivery first = rows.get(0);
    private final ClaimedDelivery second = rows.get(1);
    private final BlockingQueue<Event> told = new LinkedBlockingQueue<>();
    private final List<VirtualMachineError> broken = new CopyOnWriteArrayList<>();
    private volatile Step at;
    private volatile Error error = new StackOverflowError("for the test");

    private void reach(Step step) {
        if (step == at) {
            throw error;
        }
    }

    private final class Session implements RelaySession {
        @Override
        public EnvelopeResult open(Envelope envelope) {
            reach(Step.OPEN);
            return new EnvelopeResult.Ready();
        }

        @Override
        public BodyResult send(MessageBuffer body, Envelope nextOrNull) {
            reach(Step.SEND);
            return new BodyResult.Answered(new SmtpReply(250, "2.0.0", "queued"));
        }

        @Override
        public EnvelopeResult next() {
            reach(Step.NEXT);
            return new EnvelopeResult.Ready();
        }

        @Override
        public void abandon() {
            reach(Step.ABANDON);
        }

        @Override
        public boolean usable() {
            reach(Step.USABLE);
            return true;
        }

        @Override
        public void close() {
            reach(Step.CLOSE);
        }
    }

    private final Relay relay = new Relay() {
        @Override
        public String name() {
            return "relay";
        }

        @Override
        public boolean loopback() {
            return true;
        }

        @Override
        public RelaySession connect() {
            reach(Step.CONNECT);
            return new Session();
        }
    };

    private final Copies copies = new Copies() {
        @Override
        public Envelope envelope(ClaimedDelivery delivery) {
            reach(Step.ENVELOPE);
            return new Envelope("b@example.com", delivery.recipient().address(), null, false, 0);
        }

        @Override
        public void write(ClaimedDelivery delivery, MessageBuffer out) {
            reach(Step.WRITE);
        }
    };

    private boolean lease() {
        reach(Step.LEASE);
        return true;
    }

    private final ConnectionWorker worker =
            new ConnectionWorker(ID, relay, copies, told::add, this::lease, broken::add);
    private final Thread thread = new Thread(worker);

    private List<Event> after(Action.OfConnection action, int events) throws InterruptedException {
        worker.give(action);
        List<Event> answers = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            Event event = told.poll(10, TimeUnit.SECONDS);
            assertThat(event).as("an answer to %s", action).isNotNull();
            answers.add(event);
        }
        return answers;
    }

    private void connected() throws InterruptedException {
        thread.start();
        after(new Action.Connect(ID), 1);
    }

    @AfterEach
    void end() throws InterruptedException {
        at = null;
        assertThat(thread.isAlive()).isTrue();
        assertThat(after(new Action.Connect(ID), 1)).containsExactly(new Event.Connected(ID));
        worker.end();
        thread.join(10_000);
        assertThat(thread.isAlive()).isFalse();
        assertThat(told).as("nothing is said twice").hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void connecting() throws InterruptedException {
        at = Step.CONNECT;
        thread.start();
        assertThat(after(new Action.Connect(ID), 1).get(0)).isInstanceOf(Event.ConnectFailed.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"ENVELOPE", "OPEN", "WRITE"})
    void beforeTheBodyNothingHasLeft(Step step) throws InterruptedException {
        connected();
        at = step;
        assertThat(after(new Action.Open(ID, first), 1).get(0))
                .isInstanceOfSatisfying(
                        Event.EnvelopeLost.class,
                        lost -> assertThat(lost.delivery()).isEqualTo(first));
    }

    @Test
    void aBodyUnderWayIsInDoubtAndTheEnvelopeBehindItLost() throws InterruptedException {
        connected();
        after(new Action.Open(ID, first), 1);
        at = Step.SEND;
        List<Event> answers = after(new Action.Send(ID, first, second), 2);
        assertThat(answers.get(0))
                .isInstanceOfSatisfying(
                        Event.BodyLost.class,
                        lost -> assertThat(lost.dotWritten()).isTrue());
        assertThat(answers.get(1)).isInstanceOf(Event.EnvelopeLost.class);
    }

    @Test
    void whereNothingIsCaughtOnPurposeBothAreAnsweredAllTheSame() throws InterruptedException {
        connected();
        after(new Action.Open(ID, first), 1);
        at = Step.LEASE;
        List<Event> answers = after(new Action.Send(ID, first, second), 2);
        assertThat(answers.get(0)).isInstanceOf(Event.BodyLost.class);
        assertThat(answers.get(1)).isInstanceOf(Event.EnvelopeLost.class);
    }

    @Test
    void anAcceptedBodyStaysAcceptedWhateverComesAfter() throws InterruptedException {
        connected();
        after(new Action.Open(ID, first), 1);
        at = Step.NEXT;
        List<Event> answers = after(new Action.Send(ID, first, second), 2);
        assertThat(answers.get(0)).isInstanceOf(Event.Answered.class);
        assertThat(answers.get(1))
                .isInstanceOfSatisfying(
                        Event.EnvelopeLost.class,
                        lost -> assertThat(lost.delivery()).isEqualTo(second));
    }

    @Test
    void anAcceptedBodyStaysAcceptedOnAConnectionInDoubt() throws InterruptedException {
        connected();
        after(new Action.Open(ID, first), 1);
        at = Step.USABLE;
        assertThat(after(new Action.Send(ID, first, null), 1).get(0))
                .isInstanceOfSatisfying(
                        Event.Answered.class,
                        answered -> assertThat(answered.usable()).isFalse());
    }

    @Test
    void closing() throws InterruptedException {
        connected();
        at = Step.CLOSE;
        assertThat(after(new Action.Close(ID), 1)).containsExactly(new Event.Closed(ID));
    }

    @Test
    void givingUp() throws InterruptedException {
        connected();
        at = Step.ABANDON;
        error = new NoClassDefFoundError("for the test");
        assertThat(after(new Action.Abandon(ID), 1)).containsExactly(new Event.Closed(ID));
        assertThat(broken).isEmpty();
    }

    @Test
    void memoryThatRanOutIsTold() throws InterruptedException {
        connected();
        after(new Action.Open(ID, first), 1);
        at = Step.SEND;
        error = new OutOfMemoryError("for the test");
        assertThat(after(new Action.Send(ID, first, null), 1).get(0)).isInstanceOf(Event.BodyLost.class);
        assertThat(broken).hasSize(1);
    }
}
