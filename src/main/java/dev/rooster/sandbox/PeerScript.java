package dev.rooster.sandbox;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

/**
 * How a {@link ScriptedSmtpPeer} behaves. Begin with {@link #polite()}; each {@code with…} gives a changed copy.
 *
 * @param extensions as in EHLO, such as {@code SIZE 1000000}; STARTTLS and AUTH come from the other fields
 * @param certificate null: no TLS
 * @param implicitTls TLS from the first octet instead of STARTTLS
 * @param user null: no authentication; else it is demanded
 * @param mechanisms SASL names, separated by spaces
 * @param connectionsMax more open ones are greeted with 421
 * @param messagesPerConnection a further MAIL gets 421
 * @param greylistFor how long a pair of sender and recipient is deferred after its first try; null: not at all
 * @param clock for greylisting
 * @param octetsKept of each message so many octets are kept, from its beginning; its size is told in any case
 * @param cutAfterOctetsIn each connection ends after so many octets from the client
 * @param cutAfterOctetsOut each connection ends after so many octets to the client
 * @param rules the first that applies is followed
 */
public record PeerScript(
        List<String> extensions,
        ServerCertificate certificate,
        boolean implicitTls,
        String user,
        String secret,
        String mechanisms,
        int connectionsMax,
        int messagesPerConnection,
        Duration greylistFor,
        InstantSource clock,
        int octetsKept,
        long cutAfterOctetsIn,
        long cutAfterOctetsOut,
        List<PeerRule> rules) {

    /** Offers what Postfix offers, takes everything, and keeps it. */
    public static PeerScript polite() {
        return new PeerScript(
                List.of("PIPELINING", "SIZE 52428800", "ENHANCEDSTATUSCODES", "8BITMIME", "SMTPUTF8", "DSN"),
                null,
                false,
                null,
                null,
                null,
                Integer.MAX_VALUE,
                Integer.MAX_VALUE,
                null,
                null,
                Integer.MAX_VALUE,
                Long.MAX_VALUE,
                Long.MAX_VALUE,
                List.of());
    }

    boolean offers(String extension) {
        return extensions.stream()
                .anyMatch(e -> e.split(" ")[0].toUpperCase(Locale.ROOT).equals(extension));
    }

    /** Whether whole messages are kept, and remembered. */
    boolean keepsBodies() {
        return octetsKept == Integer.MAX_VALUE;
    }

    PeerRule.Reaction reactionTo(PeerRule.Moment moment) {
        for (PeerRule rule : rules) {
            PeerRule.Reaction reaction = rule.reactionTo(moment);
            if (reaction != null) {
                return reaction;
            }
        }
        return null;
    }

    public PeerScript withExtensions(String... value) {
        return new PeerScript(
                List.of(value),
                certificate,
                implicitTls,
                user,
                secret,
                mechanisms,
                connectionsMax,
                messagesPerConnection,
                greylistFor,
                clock,
                octetsKept,
                cutAfterOctetsIn,
                cutAfterOctetsOut,
                rules);
    }

    /** Without one of the extensions. */
    public PeerScript without(String extension) {
        return withExtensions(extensions.stream()
                .filter(e -> !e.split(" ")[0].equals(extension))
                .toArray(String[]::new));
    }

    public PeerScript withTls(ServerCertificate value, boolean fromTheFirstOctet) {
        return new PeerScript(
                extensions,
                value,
                fromTheFirstOctet,
                user,
                secret,
                mechanisms,
                connectionsMax,
                messagesPerConnection,
                greylistFor,
                clock,
                octetsKept,
                cutAfterOctetsIn,
                cutAfterOctetsOut,
                rules);
    }

    public PeerScript withLogin(String name, String password, String saslMechanisms) {
        return new PeerScript(
                extensions,
                certificate,
                implicitTls,
                name,
                password,
                saslMechanisms,
                connectionsMax,
                messagesPerConnection,
                greylistFor,
                clock,
                octetsKept,
                cutAfterOctetsIn,
                cutAfterOctetsOut,
                rules);
    }

    public PeerScript withLimits(int openConnections, int messages) {
        return new PeerScript(
                extensions,
                certificate,
                implicitTls,
                user,
                secret,
                mechanisms,
                openConnections,
                messages,
                greylistFor,
                clock,
                octetsKept,
                cutAfterOctetsIn,
                cutAfterOctetsOut,
                rules);
    }

    public PeerScript withGreylisting(Duration value, InstantSource time) {
        return new PeerScript(
                extensions,
                certificate,
                implicitTls,
                user,
                secret,
                mechanisms,
                connectionsMax,
                messagesPerConnection,
                value,
                time,
                octetsKept,
                cutAfterOctetsIn,
                cutAfterOctetsOut,
                rules);
    }

    /** Keeps no messages, only counts them: for large numbers. */
    public PeerScript countingOnly() {
        return keepingFirst(0);
    }

    /** Hands on the first octets of each message, its header say, and remembers no messages: for large numbers. */
    public PeerScript keepingFirst(int octets) {
        return new PeerScript(
                extensions,
                certificate,
                implicitTls,
                user,
                secret,
                mechanisms,
                connectionsMax,
                messagesPerConnection,
                greylistFor,
                clock,
                octets,
                cutAfterOctetsIn,
                cutAfterOctetsOut,
                rules);
    }

    public PeerScript cutAfter(long octetsIn, long octetsOut) {
        return new PeerScript(
                extensions,
                certificate,
                implicitTls,
                user,
                secret,
                mechanisms,
                connectionsMax,
                messagesPerConnection,
                greylistFor,
                clock,
                octetsKept,
                octetsIn,
                octetsOut,
                rules);
    }

    public PeerScript withRules(PeerRule... value) {
        return new PeerScript(
                extensions,
                certificate,
                implicitTls,
                user,
                secret,
                mechanisms,
                connectionsMax,
                messagesPerConnection,
                greylistFor,
                clock,
                octetsKept,
                cutAfterOctetsIn,
                cutAfterOctetsOut,
                List.of(value));
    }
}
