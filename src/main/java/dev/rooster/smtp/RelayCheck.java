package dev.rooster.smtp;

import dev.rooster.language.Language;
import dev.rooster.language.Messages;
import dev.rooster.mail.relay.RelayUnavailable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Tries a relay without sending anything: reach it, protect the connection, log in, and look at what it offers. */
public final class RelayCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private RelayCheck() {}

    /** How bad a finding is. */
    public enum Severity {
        GOOD,
        /** Works, with something to know about. */
        WARNING,
        /** Nothing can be sent. */
        FAILED
    }

    /**
     * @param what one sentence
     * @param hint what to do; null if there is nothing to do
     */
    public record Finding(Severity severity, String what, String hint) {}

    /**
     * What the relay is to carry.
     *
     * @param messageBytes the longest message; 0: not known
     * @param utf8Readers how many addresses need SMTPUTF8; 0: none, or not known
     */
    public record Load(long messageBytes, long utf8Readers) {
        public static final Load UNKNOWN = new Load(0, 0);
    }

    /** As {@link #check(RelaySettings, Load, InstantSource, Language)}, of a relay whose load is not known. */
    public static List<Finding> check(RelaySettings settings, InstantSource clock, Language language) {
        return check(settings, Load.UNKNOWN, clock, language);
    }

    /** Waits at most 15 s for each step. The first finding tells whether mail could be sent. */
    public static List<Finding> check(RelaySettings settings, Load load, InstantSource clock, Language language) {
        RelaySettings impatient = settings.withTimeouts(settings.timeouts().atMost(PATIENCE));
        try (SmtpRelay relay = new SmtpRelay(impatient, clock)) {
            SmtpRelay.Connected connected = relay.connectInOrder();
            connected.session().close();
            return findings(relay, connected, load, Messages.of(RelayCheck.class, language));
        } catch (RelayUnavailable e) {
            RelayExplanation explanation = RelayExplanation.of(settings, e, language);
            return List.of(new Finding(Severity.FAILED, explanation.what(), explanation.hint()));
        }
    }

    private static List<Finding> findings(
            SmtpRelay relay, SmtpRelay.Connected connected, Load load, Messages messages) {
        Capabilities offered = connected.capabilities();
        RelaySettings settings = relay.settings();
        String name = settings.name();
        String where = settings.host() + ":" + settings.port();
        boolean protectedByTls = connected.tls() != null;
        String how = messages.text("check.good.protection." + (protectedByTls ? "tls" : "none"), connected.tls())
                + (settings.login() == null ? "" : ", " + messages.text("check.good.login"));
        List<Finding> findings = new ArrayList<>();
        findings.add(new Finding(Severity.GOOD, messages.text("check.good", name, where, how), null));
        List<String> names = offered.names();
        findings.add(new Finding(
                Severity.GOOD,
                names.isEmpty()
                        ? messages.text("check.announces.nothing", name)
                        : messages.text("check.announces", name, String.join(", ", names)),
                null));
        if (load.messageBytes() > offered.messageBytesMax()) {
            findings.add(new Finding(
                    Severity.FAILED,
                    messages.text("check.too-long", name, offered.messageBytesMax(), load.messageBytes()),
                    messages.text("check.too-long.hint")));
        }
        // both are needed: RFC 6531 §3.1 point 8
        if (load.utf8Readers() > 0 && !(offered.smtpUtf8() && offered.eightBitMime())) {
            findings.add(warning(messages, "check.no-utf8", name, load.utf8Readers()));
        }
        if (!protectedByTls && !relay.loopback()) {
            findings.add(warning(messages, "check.unprotected", name, where));
        }
        if (!offered.pipelining()) {
            findings.add(warning(messages, "check.slow", name));
        }
        if (!offered.dsn() && settings.dsn() != RelaySettings.Dsn.OFF) {
            findings.add(warning(messages, "check.no-dsn", name));
        }
        return findings;
    }

    private static Finding warning(Messages messages, String key, Object... arguments) {
        return new Finding(Severity.WARNING, messages.text(key, arguments), messages.text(key + ".hint"));
    }
}
