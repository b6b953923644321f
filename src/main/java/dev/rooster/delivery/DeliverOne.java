package dev.rooster.delivery;

import dev.rooster.mail.MessageBuffer;
import dev.rooster.mail.SmtpReply;
import dev.rooster.mail.relay.BodyResult;
import dev.rooster.mail.relay.Envelope;
import dev.rooster.mail.relay.EnvelopeResult;
import dev.rooster.mail.relay.RelaySession;
import dev.rooster.mail.relay.RelayUnavailable;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Hands one mail to a relay, over a connection of its own. */
final class DeliverOne {
    private DeliverOne() {}

    /**
     * Delivers.
     *
     * @param mayStart the durable step, asked when the relay is ready for the body; false: nothing is written
     * @return what came of it; empty when it was not to start
     */
    static Optional<TestSend.Outcome> deliver(
            RelayPool relay, Envelope envelope, MessageBuffer message, BooleanSupplier mayStart) {
        try (RelaySession session = relay.relay().connect()) {
            EnvelopeResult opened = session.open(envelope);
            if (opened instanceof EnvelopeResult.Refused refused) {
                return Optional.of(new TestSend.Outcome.Refused(refused.at().name(), refused.reply()));
            }
            if (opened instanceof EnvelopeResult.Lost lost) {
                return Optional.of(new TestSend.Outcome.Lost(lost.why(), false));
            }
            if (!granted(session, mayStart)) {
                return Optional.empty();
            }
            BodyResult sent = session.send(message, null);
            if (sent instanceof BodyResult.Lost lost) {
                return Optional.of(new TestSend.Outcome.Lost(lost.why(), lost.dotWritten()));
            }
            SmtpReply reply = ((BodyResult.Answered) sent).reply();
            return Optional.of(
                    reply.firstDigit() == 2
                            ? new TestSend.Outcome.Accepted(reply)
                            : new TestSend.Outcome.Refused("BODY", reply));
        } catch (RelayUnavailable e) {
            return Optional.of(new TestSend.Outcome.Lost(e.getMessage(), false));
        }
    }

    /** Without leave the connection is dropped: the relay waits for a body, and must not take an empty one. */
    private static boolean granted(RelaySession session, BooleanSupplier mayStart) {
        boolean granted = false;
        try {
            granted = mayStart.getAsBoolean();
        } finally {
            if (!granted) {
                session.abandon();
            }
        }
        return granted;
    }
}
