package dev.rooster.sandbox;

import dev.rooster.mail.SmtpCommand;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * One line of a {@link ScriptedSmtpPeer}'s script: when a client says something, do this instead of accepting it. Begin
 * with {@link #at}; the last call says what to do. Rules may be shared by threads, but not by peers: they count.
 */
public final class PeerRule {

    /**
     * What a client has just said.
     *
     * @param command BODY once the final dot was read
     * @param connection number of the connection, from 1
     * @param mailFrom the sender of the transaction, "" for the null sender; null before MAIL
     * @param rcpt at RCPT the recipient in question, later the last one accepted; null before
     */
    public record Moment(SmtpCommand command, int connection, String mailFrom, String rcpt) {}

    sealed interface Reaction {
        /** Answers; {@code thenCut}: closes the connection after it. */
        record Say(String wire, boolean thenCut) implements Reaction {}

        /** Closes without an answer; {@code accepting}: a message counts as taken all the same. */
        record Cut(boolean accepting) implements Reaction {}

        /** Answers 354 and closes after so many octets of the message. */
        record CutInBody(long octets) implements Reaction {}

        /** Waits for the latch, but no longer than so, then goes on as if there were no rule. */
        record Hold(CountDownLatch until, Duration longest) implements Reaction {}
    }

    private final SmtpCommand command;
    private Predicate<Moment> condition = moment -> true;
    private int skip;
    private int times = Integer.MAX_VALUE;
    private final AtomicInteger seen = new AtomicInteger();
    private Reaction reaction;

    private PeerRule(SmtpCommand command) {
        this.command = command;
    }

    /** When this command comes; CONNECT is the moment of the greeting, BODY that of the final dot. */
    public static PeerRule at(SmtpCommand command) {
        return new PeerRule(command);
    }

    /** Only for this recipient, letter case ignored. */
    public PeerRule to(String address) {
        return when(moment -> address.equalsIgnoreCase(moment.rcpt()));
    }

    public PeerRule when(Predicate<Moment> also) {
        condition = condition.and(also);
        return this;
    }

    /** Only the first {@code n} times that the rest holds. */
    public PeerRule first(int n) {
        times = n;
        return this;
    }

    /** Only the {@code n}th time, from 1, that the rest holds. */
    public PeerRule nth(int n) {
        skip = n - 1;
        times = 1;
        return this;
    }

    /** Answers with these lines, each with its code: {@code say("550-5.1.1 no", "550 5.1.1 such user")}. */
    public PeerRule say(String... lines) {
        return react(new Reaction.Say(String.join("\r\n", lines) + "\r\n", false));
    }

    /** Answers with exactly these octets (ISO 8859-1), which need not be a reply. */
    public PeerRule sayRaw(String octets) {
        return react(new Reaction.Say(octets, false));
    }

    /** Answers and closes, as with 421. */
    public PeerRule sayAndCut(String... lines) {
        return react(new Reaction.Say(String.join("\r\n", lines) + "\r\n", true));
    }

    /** Closes without an answer, and takes nothing. */
    public PeerRule cut() {
        return react(new Reaction.Cut(false));
    }

    /** At BODY: takes the message and closes without saying so, the case that nobody can tell from {@link #cut()}. */
    public PeerRule acceptAndCut() {
        return react(new Reaction.Cut(true));
    }

    /** At DATA: answers 354, and closes after this many octets of the message. */
    public PeerRule cutInBody(long octets) {
        return react(new Reaction.CutInBody(octets));
    }

    /** Is silent until the latch opens (or the peer is closed), then goes on as usual. */
    public PeerRule hold(CountDownLatch until) {
        return react(new Reaction.Hold(until, Duration.ofDays(1)));
    }

    /** Is silent for so long, then goes on as usual: a slow relay, or at BODY an artificial round trip. */
    public PeerRule hold(Duration wait) {
        return react(new Reaction.Hold(new CountDownLatch(1), wait));
    }

    private PeerRule react(Reaction what) {
        reaction = what;
        return this;
    }

    /** What to do now, or null if this rule does not apply. */
    Reaction reactionTo(Moment moment) {
        if (moment.command() != command || !condition.test(moment)) {
            return null;
        }
        int number = seen.getAndIncrement();
        return number >= skip && number - skip < times ? reaction : null;
    }
}
