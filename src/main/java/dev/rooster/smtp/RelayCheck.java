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

    /** Waits at most 15 s for each step. The first finding tells whether mail could be sent. */
    public static List<Finding> check(RelaySettings settings, InstantSource clock, Language language) {
        RelaySettings impatient = settings.withTimeouts(settings.timeouts().atMost(PATIENCE));
        try (SmtpRelay relay = new SmtpRelay(impatient, clock)) {
            SmtpRelay.Connected connected = relay.connectInOrder();
            connected.session().close();
            return findings(relay, connected.capabilities(), Messages.of(RelayCheck.class, language));
        } catch (RelayUnavailable e) {
            RelayExplanation explanation = RelayExplanation.of(settings, e, language);
            return List.of(new Finding(Severity.FAILED, explanation.what(), explanation.hint()));
        }
    }

    private static List<Finding> findings(SmtpRelay relay, Capabilities offered, Messages messages) {
        RelaySettings settings = relay.settings();
        String name = settings.name();
        String where = settings.host() + ":" + settings.port();
        boolean protectedByTls = settings.tls() != RelaySettings.Tls.NONE;
        String how = messages.text("check.good.protection." + (protectedByTls ? "tls" : "none"))
                + (settings.login() == null ? "" : ", " + messages.text("check.good.login"));
        List<Finding> findings = new ArrayList<>();
        findings.add(new Finding(Severity.GOOD, messages.text("check.good", name, where, how), null));
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
