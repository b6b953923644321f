package dev.rooster.sandbox;

import dev.rooster.mail.SmtpCommand;
import dev.rooster.sandbox.PeerRule.Moment;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The relay that {@code rooster drill} sends to: on loopback, fast, and badly behaved. Which recipients it refuses, puts off, hangs
 * up on or is silent to follows from the seed; connections beyond its limit and long ones are sent away with 421. It keeps a
 * {@link DrillBook} and no messages. Thread-safe.
 */
public final class DrillRelay implements AutoCloseable {
    private static final int HEADER_OCTETS = 8 * 1024;
    private static final int MESSAGES_PER_CONNECTION = 400;
    private static final int MAILS_BETWEEN_SHUTDOWNS = 2_500;
    private static final int OCTETS_BEFORE_CUT = 700;

    private final long seed;
    private final boolean polite;
    private final DrillBook book = new DrillBook();
    private final AtomicLong mails = new AtomicLong();
    private final ScriptedSmtpPeer peer;

    private DrillRelay(long seed, boolean polite, int connectionsMax, Duration silence, Duration roundTrip)
            throws IOException {
        this.seed = seed;
        this.polite = polite;
        List<PeerRule> rules = new ArrayList<>(polite ? List.of() : faults(silence));
        if (!roundTrip.isZero()) {
            rules.add(PeerRule.at(SmtpCommand.BODY).hold(roundTrip));
        }
        PeerScript script = PeerScript.polite()
                .keepingFirst(HEADER_OCTETS)
                .withLimits(connectionsMax, polite ? Integer.MAX_VALUE : MESSAGES_PER_CONNECTION)
                .withRules(rules.toArray(PeerRule[]::new));
        peer = ScriptedSmtpPeer.start(script, 0, book::took);
    }

    /**
     * Listens on a free port.
     *
     * @param seed decides who is treated how
     * @param polite true: it takes everybody, on a connection as long as the client likes
     * @param connectionsMax more are greeted with 421
     * @param silence how long it says nothing where it hangs: longer than its client waits
     * @param roundTrip an artificial wait after each final dot; zero: none
     */
    public static DrillRelay start(long seed, boolean polite, int connectionsMax, Duration silence, Duration roundTrip)
            throws IOException {
        return new DrillRelay(seed, polite, connectionsMax, silence, roundTrip);
    }

    private List<PeerRule> faults(Duration silence) {
        return List.of(
                PeerRule.at(SmtpCommand.MAIL)
                        .when(moment -> mails.incrementAndGet() % MAILS_BETWEEN_SHUTDOWNS == 0)
                        .sayAndCut("421 4.3.2 drill.test is being restarted"),
                PeerRule.at(SmtpCommand.RCPT).when(this::countedOnly).cut(),
                rule(SmtpCommand.RCPT, DrillFault.REFUSED).say("550 5.1.1 User unknown"),
                rule(SmtpCommand.RCPT, DrillFault.LATER).say("450 4.2.0 Greylisted, please come back"),
                rule(SmtpCommand.RCPT, DrillFault.LATER_TWICE).say("452 4.2.2 Mailbox full"),
                rule(SmtpCommand.RCPT, DrillFault.LEAVES).sayAndCut("421 4.3.2 drill.test is going down"),
                rule(SmtpCommand.RCPT, DrillFault.HANGS_AT_RCPT).hold(silence),
                rule(SmtpCommand.DATA, DrillFault.CUT_IN_BODY).cutInBody(OCTETS_BEFORE_CUT),
                rule(SmtpCommand.BODY, DrillFault.REFUSED_AT_DOT).say("550 5.1.1 User unknown"),
                rule(SmtpCommand.BODY, DrillFault.LATER_AT_DOT).say("451 4.2.0 Try again"),
                rule(SmtpCommand.BODY, DrillFault.CUT_AT_DOT).cut(),
                unsaid(DrillFault.TAKEN_UNSAID).acceptAndCut(),
                unsaid(DrillFault.HANGS_AT_DOT).hold(silence));
    }

    /** Never true: the first question at each RCPT, so that the others know which try it is. */
    private boolean countedOnly(Moment moment) {
        return book.tried(moment.rcpt()) == 0;
    }

    private PeerRule rule(SmtpCommand at, DrillFault fault) {
        return PeerRule.at(at).when(moment -> happens(moment, fault));
    }

    private PeerRule unsaid(DrillFault fault) {
        return PeerRule.at(SmtpCommand.BODY).when(moment -> {
            boolean happens = happens(moment, fault);
            if (happens) {
                book.leftUnsaid();
            }
            return happens;
        });
    }

    private boolean happens(Moment moment, DrillFault fault) {
        return moment.rcpt() != null
                && DrillFault.of(moment.rcpt(), seed) == fault
                && fault.happensAt(book.tries(moment.rcpt()));
    }

    public int port() {
        return peer.port();
    }

    public DrillBook book() {
        return book;
    }

    /** Whether it refuses this recipient for good, whatever is tried. */
    public boolean refuses(String recipient) {
        return !polite && DrillFault.of(recipient, seed).refusesForGood();
    }

    /** What it does to a recipient, in a word. */
    String fateOf(String recipient) {
        return DrillFault.of(recipient, seed).name();
    }

    /** In which ways clients broke the protocol. */
    public List<String> violations() {
        return peer.violations();
    }

    @Override
    public void close() {
        peer.close();
    }
}
