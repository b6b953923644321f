package dev.rooster.smtp;

import dev.rooster.mail.MessageBuffer;
import dev.rooster.mail.SmtpCommand;
import dev.rooster.mail.SmtpReply;
import dev.rooster.mail.relay.BodyResult;
import dev.rooster.mail.relay.Envelope;
import dev.rooster.mail.relay.EnvelopeResult;
import dev.rooster.mail.relay.RelaySession;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * One SMTP connection, from MAIL to QUIT. It is one state machine, and longer than most classes here for that reason:
 * IDLE → (open) → READY → (send) → IDLE or RIDING → (next) → READY ….
 *
 * <p>What it must never get wrong is whether the final dot has left. The body and the dot are separate writes; before
 * the dot's, {@link #dotGate} decides between it and {@link #abandon()}; from its first octet on the answer is "yes",
 * however the write ends. And a reply must never be taken for the answer to another command: whatever the relay says
 * without being asked ends the connection.
 */
final class SmtpSession implements RelaySession {
    private static final byte[] DOT = ascii(".\r\n");
    private static final byte[] DATA = ascii("DATA\r\n");
    private static final byte[] RSET = ascii("RSET\r\n");
    private static final byte[] QUIT = ascii("QUIT\r\n");
    private static final Duration IDLE_UNCHECKED = Duration.ofSeconds(1);

    private enum State {
        IDLE,
        READY,
        RIDING,
        CLOSED
    }

    private final Wire wire;
    private final Capabilities offered;
    private final RelaySettings settings;
    private final RelayTimeouts timeouts;
    private final InstantSource clock;
    private final Instant connectedAt;
    private final DotStuffing stuffing = new DotStuffing();
    private final Object dotGate = new Object();
    private volatile boolean abandoned;
    private volatile State state = State.IDLE;
    private Instant lastSpoken;
    private int messages;
    private boolean resetFirst;
    private boolean eightBitDeclared;
    private Envelope riding;
    private byte[] controlHeaders = new byte[0];

    SmtpSession(Wire wire, Capabilities offered, RelaySettings settings, InstantSource clock) {
        this.wire = wire;
        this.offered = offered;
        this.settings = settings;
        this.timeouts = settings.timeouts();
        this.clock = clock;
        this.connectedAt = clock.instant();
        this.lastSpoken = connectedAt;
    }

    private static byte[] ascii(String line) {
        return line.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public EnvelopeResult open(Envelope envelope) {
        if (state == State.CLOSED) {
            return new EnvelopeResult.Lost(SmtpCommand.MAIL, "the connection is closed");
        }
        require(State.IDLE);
        Optional<EnvelopeResult.Refused> refused = EnvelopeLines.refusedWithoutAsking(envelope, offered);
        if (refused.isPresent()) {
            return refused.get();
        }
        EnvelopeLines lines = EnvelopeLines.of(envelope, offered, settings);
        try {
            if (wire.hasUnread()) {
                SmtpReply farewell = wire.read(timeouts.command());
                if (isLeaving(farewell)) {
                    return refused(SmtpCommand.MAIL, farewell); // it would have been the answer
                }
                return lost(SmtpCommand.MAIL, "the relay ended the connection: " + withoutAddresses(farewell));
            }
            if (!offered.pipelining()) {
                return openStepwise(envelope, lines);
            }
            byte[] group = lines.together(resetFirst);
            wire.write(group, group.length, timeouts.block());
        } catch (IOException e) {
            return lost(SmtpCommand.MAIL, reason(e));
        }
        return readGroup(envelope);
    }

    /** One command at a time, each after the reply to the one before. */
    private EnvelopeResult openStepwise(Envelope envelope, EnvelopeLines lines) {
        SmtpCommand at = SmtpCommand.RSET;
        try {
            if (resetFirst) {
                SmtpReply reset = ask(RSET, timeouts.command());
                if (!isPositive(reset)) {
                    return notReset(reset);
                }
                resetFirst = false;
            }
            at = SmtpCommand.MAIL;
            SmtpReply mail = ask(lines.mailBytes(), timeouts.mail());
            if (!isPositive(mail)) {
                return refused(at, mail);
            }
            resetFirst = true;
            at = SmtpCommand.RCPT;
            SmtpReply rcpt = ask(lines.rcptBytes(), timeouts.rcpt());
            if (!isPositive(rcpt)) {
                return refused(at, rcpt);
            }
            at = SmtpCommand.DATA;
            SmtpReply data = ask(DATA, timeouts.data());
            return data.firstDigit() == 3 ? ready(envelope) : refused(at, data);
        } catch (IOException e) {
            return lost(at, reason(e));
        }
    }

    private SmtpReply ask(byte[] line, Duration timeout) throws IOException {
        wire.write(line, line.length, timeouts.block());
        return wire.read(timeout);
    }

    /** The replies to RSET (if it was said), MAIL, RCPT and DATA: each is looked at (RFC 2920 §3.1). */
    private EnvelopeResult readGroup(Envelope envelope) {
        SmtpCommand at = SmtpCommand.RSET;
        EnvelopeResult refusal = null;
        try {
            if (resetFirst) {
                SmtpReply reset = wire.read(timeouts.command());
                if (!isPositive(reset)) {
                    return notReset(reset);
                }
                resetFirst = false;
            }
            at = SmtpCommand.MAIL;
            SmtpReply mail = wire.read(timeouts.mail());
            refusal = isPositive(mail) ? null : refused(at, mail);
            if (state == State.CLOSED) {
                return refusal;
            }
            at = SmtpCommand.RCPT;
            SmtpReply rcpt = wire.read(timeouts.rcpt());
            refusal = isPositive(rcpt) || refusal != null ? refusal : refused(at, rcpt);
            if (state == State.CLOSED) {
                return refusal;
            }
            at = SmtpCommand.DATA;
            SmtpReply data = wire.read(timeouts.data());
            if (refusal == null) {
                resetFirst = true;
                return data.firstDigit() == 3 ? ready(envelope) : refused(at, data);
            }
            settleAfterRefusal(isPositive(rcpt), data);
            return refusal;
        } catch (IOException e) {
            if (refusal == null) {
                return lost(at, reason(e));
            }
            // The refusal is known, and that is what counts; the connection is not needed for it.
            cut();
            return refusal;
        }
    }

    /**
     * What is left to do when MAIL or RCPT was refused but DATA had been sent along. If the relay waits for a message
     * all the same, it gets an empty one, which reaches nobody (RFC 2920 §3.1). If it had taken the recipient, that
     * would be a mail without content, so then the line is cut.
     */
    private void settleAfterRefusal(boolean recipientTaken, SmtpReply data) throws IOException {
        boolean waitsForMessage = data.firstDigit() == 3;
        resetFirst = !waitsForMessage;
        if (isLeaving(data) || data.firstDigit() == 2 || (waitsForMessage && recipientTaken)) {
            cut();
        } else if (waitsForMessage && isLeaving(ask(DOT, timeouts.finalDot()))) {
            cut();
        }
    }

    private EnvelopeResult notReset(SmtpReply reply) {
        if (isLeaving(reply)) {
            return refused(SmtpCommand.RSET, reply);
        }
        return lost(SmtpCommand.RSET, "the relay answered RSET with " + withoutAddresses(reply));
    }

    private EnvelopeResult ready(Envelope envelope) {
        state = State.READY;
        messages++;
        controlHeaders = ControlHeaders.of(settings.provider(), envelope);
        // A transaction ends with its message; only one that is given up has to be reset.
        resetFirst = false;
        eightBitDeclared = EnvelopeLines.needsSmtpUtf8(envelope);
        lastSpoken = clock.instant();
        return new EnvelopeResult.Ready();
    }

    @Override
    public BodyResult send(MessageBuffer body, Envelope nextOrNull) {
        if (state == State.CLOSED) {
            return new BodyResult.Lost(false, "the connection is closed");
        }
        require(State.READY);
        stuffing.prepare(body);
        if (stuffing.isEightBit() && !eightBitDeclared) {
            cut();
            // RFC 6152 §3: raw octets only where they were announced. Messages are made 7-bit; this is a defect of
            // ours.
            throw new IllegalArgumentException("the message holds octets over 127, but its envelope did not say so");
        }
        byte[] dotAndMore = dotWith(nextOrNull);
        try {
            if (controlHeaders.length > 0) {
                wire.write(controlHeaders, controlHeaders.length, timeouts.block());
            }
            wire.write(stuffing.bytes(), stuffing.length(), timeouts.block());
            if (wire.hasUnread()) {
                return answeredTooEarly(wire.read(timeouts.finalDot()));
            }
        } catch (IOException e) {
            return brokenBeforeDot(e);
        }
        synchronized (dotGate) {
            if (abandoned) {
                cut();
                return new BodyResult.Lost(false, "abandoned before the final dot");
            }
            // From here on nobody can say that the relay does not have it.
            state = State.RIDING;
        }
        try {
            wire.write(dotAndMore, dotAndMore.length, timeouts.block());
            return answered(wire.read(timeouts.finalDot()), nextOrNull);
        } catch (IOException e) {
            cut();
            return new BodyResult.Lost(true, reason(e));
        }
    }

    /** The final dot and, in the same write, the next envelope where the relay can take it (RFC 2920 §3.1). */
    private byte[] dotWith(Envelope nextOrNull) {
        if (nextOrNull == null
                || !offered.pipelining()
                || EnvelopeLines.refusedWithoutAsking(nextOrNull, offered).isPresent()) {
            return DOT;
        }
        byte[] next = EnvelopeLines.of(nextOrNull, offered, settings).together(false);
        byte[] all = new byte[DOT.length + next.length];
        System.arraycopy(DOT, 0, all, 0, DOT.length);
        System.arraycopy(next, 0, all, DOT.length, next.length);
        return all;
    }

    /** Some relays explain themselves before they hang up in the middle of a message: that is heard, if it can be. */
    private BodyResult brokenBeforeDot(IOException e) {
        try {
            if (!abandoned && !wire.isCut() && wire.hasUnread()) {
                return answeredTooEarly(wire.read(timeouts.quit()));
            }
        } catch (IOException nothingToHear) {
            e.addSuppressed(nothingToHear);
        }
        cut();
        return new BodyResult.Lost(false, reason(e));
    }

    /** A refusal that does not wait for the end is one all the same; anything else without a question is not trusted. */
    private BodyResult answeredTooEarly(SmtpReply reply) {
        cut();
        return reply.firstDigit() >= 4
                ? new BodyResult.Answered(reply)
                : new BodyResult.Lost(false, "the relay spoke out of turn: " + withoutAddresses(reply));
    }

    private BodyResult answered(SmtpReply reply, Envelope nextOrNull) {
        if (reply.firstDigit() == 3) {
            cut();
            return new BodyResult.Lost(true, "the relay answered the message with " + withoutAddresses(reply));
        }
        lastSpoken = clock.instant();
        riding = nextOrNull;
        if (isLeaving(reply)) {
            cut();
        } else if (nextOrNull == null) {
            state = State.IDLE;
        }
        return new BodyResult.Answered(reply);
    }

    @Override
    public EnvelopeResult next() {
        if (riding == null) {
            throw new IllegalStateException("no envelope rode along");
        }
        Envelope envelope = riding;
        riding = null;
        if (state == State.CLOSED) {
            return new EnvelopeResult.Lost(SmtpCommand.MAIL, "the connection ended with the message before");
        }
        state = State.IDLE;
        boolean spoken = offered.pipelining()
                && EnvelopeLines.refusedWithoutAsking(envelope, offered).isEmpty();
        return spoken ? readGroup(envelope) : open(envelope);
    }

    @Override
    public void abandon() {
        synchronized (dotGate) {
            abandoned = true;
        }
        cut();
    }

    @Override
    public boolean usable() {
        if (state == State.CLOSED || wire.isCut()) {
            return false;
        }
        Instant now = clock.instant();
        RelayLimits limits = settings.limits();
        if (messages >= limits.messagesPerConnection()
                || !now.isBefore(connectedAt.plus(limits.connectionLifetime()))) {
            return false;
        }
        boolean fresh = now.isBefore(lastSpoken.plus(IDLE_UNCHECKED));
        return state != State.IDLE || fresh || wire.isQuiet();
    }

    @Override
    public void close() {
        if (state == State.IDLE && !wire.isCut()) {
            try {
                ask(QUIT, timeouts.quit());
            } catch (IOException e) {
                // RFC 5321 §4.1.1.10 asks for QUIT; nothing depends on how it is answered.
            }
            state = State.CLOSED;
            wire.close(timeouts.quit());
        }
        cut();
    }

    private EnvelopeResult refused(SmtpCommand at, SmtpReply reply) {
        if (reply.firstDigit() < 4) {
            return lost(at, "the relay answered " + at + " with " + withoutAddresses(reply));
        }
        if (isLeaving(reply)) {
            cut();
        }
        lastSpoken = clock.instant();
        return new EnvelopeResult.Refused(at, reply);
    }

    private EnvelopeResult lost(SmtpCommand at, String why) {
        cut();
        return new EnvelopeResult.Lost(at, why);
    }

    private void cut() {
        state = State.CLOSED;
        wire.cut();
    }

    /** RFC 5321 §4.2.1: the first digit decides, whatever the others are. */
    private static boolean isPositive(SmtpReply reply) {
        return reply.firstDigit() == 2;
    }

    /** RFC 5321 §3.8: after 421 the relay closes the connection; nothing more is to be expected of it. */
    private static boolean isLeaving(SmtpReply reply) {
        return reply.code() == 421;
    }

    private void require(State expected) {
        if (state != expected) {
            throw new IllegalStateException("the session is " + state + ", not " + expected);
        }
    }

    private static String withoutAddresses(SmtpReply reply) {
        return reply.toString().replaceAll("\\S+@\\S+", "***");
    }

    private String reason(IOException e) {
        if (abandoned) {
            return "abandoned";
        }
        if (e instanceof EOFException || e instanceof ReplyReader.NotAReply || e instanceof SocketTimeoutException) {
            return e.getMessage();
        }
        return "connection lost: " + e.getMessage();
    }
}
