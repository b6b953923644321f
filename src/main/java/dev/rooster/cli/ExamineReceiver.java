package dev.rooster.cli;

import dev.rooster.cli.Diagnosis.Mark;
import dev.rooster.dns.DnsAnswer;
import dev.rooster.dns.DnsLookup;
import dev.rooster.inbox.ReceiverProbe;
import dev.rooster.inbox.ReceiverSettings;
import dev.rooster.language.Language;
import dev.rooster.language.Messages;
import dev.rooster.newsletter.NewsletterSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the doctor says about the SMTP server for returned mail, where there is one. Hands over no mail. */
final class ExamineReceiver {
    private static final int SMTP_PORT = 25;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration RENEW_BEFORE = Duration.ofDays(14);

    private final App app;
    private final ReceiverSettings settings;
    private final DnsLookup dns;
    private final Messages messages;
    private final List<Diagnosis> found = new ArrayList<>();

    private ExamineReceiver(App app, DnsLookup dns, Language language) {
        this.app = app;
        this.settings = app.settings().receiver();
        this.dns = dns;
        this.messages = Messages.of(ExamineReceiver.class, language);
    }

    static List<Diagnosis> of(App app, DnsLookup dns, Language language) {
        if (app.settings().receiver() == null) {
            return List.of();
        }
        ExamineReceiver examine = new ExamineReceiver(app, dns, language);
        examine.answers();
        examine.certificate();
        examine.wayHere();
        return List.copyOf(examine.found);
    }

    private String where() {
        return settings.host() + ":" + settings.port();
    }

    private void answers() {
        try {
            ReceiverProbe.Heard heard = new ReceiverProbe(settings, PATIENCE).ask();
            boolean tls = heard.startTls() || settings.certificate() == null;
            if (!heard.ours()) {
                add(Mark.FAILED, "other", where());
            } else if (!tls) {
                add(Mark.FAILED, "no-tls", where());
            } else {
                add(Mark.OK, "answers", where());
            }
        } catch (IOException e) {
            add(Mark.WARNING, "silent", where(), Failures.rootWords(e));
        }
    }

    private void certificate() {
        try {
            Optional<Instant> until = new ReceiverProbe(settings, PATIENCE).certificateUntil();
            Instant now = app.clock().instant();
            if (until.isEmpty() && !isLoopback()) {
                add(Mark.WARNING, "in-clear", where());
            } else if (until.isPresent()) {
                boolean over = !now.isBefore(until.get());
                boolean soon = !now.isBefore(until.get().minus(RENEW_BEFORE));
                add(
                        over ? Mark.FAILED : soon ? Mark.WARNING : Mark.OK,
                        over ? "expired" : soon ? "expires" : "tls",
                        day(until.get()));
            }
        } catch (IOException e) {
            add(Mark.FAILED, "certificate", e.getMessage());
        }
    }

    private static String day(Instant at) {
        return at.toString().substring(0, 10);
    }

    /** Mail for a domain goes to port 25 of its mail exchangers (RFC 5321 section 5.1). */
    private void wayHere() {
        if (isLoopback()) {
            add(Mark.NOTE, "handed-over", where());
            return;
        }
        if (settings.port() != SMTP_PORT) {
            add(Mark.WARNING, "port", String.valueOf(settings.port()));
        }
        app.settings().newsletters().values().stream()
                .map(NewsletterSettings::bounceDomain)
                .distinct()
                .forEach(this::exchanger);
    }

    private void exchanger(String domain) {
        if (!(dns.find(domain, DnsLookup.Type.MX) instanceof DnsAnswer.Found found)) {
            return; // said where the sender's domain is looked at
        }
        boolean here = found.values().stream().anyMatch(host -> host.equalsIgnoreCase(settings.name()) || isHere(host));
        add(here ? Mark.OK : Mark.WARNING, here ? "mx" : "mx-elsewhere", domain, String.join(", ", found.values()));
    }

    private boolean isHere(String host) {
        return dns.find(host, DnsLookup.Type.ADDRESS) instanceof DnsAnswer.Found addresses
                && addresses.values().stream().anyMatch(ownAddresses()::contains);
    }

    private static Set<String> ownAddresses() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .map(address -> address.getHostAddress().replaceAll("%.*", ""))
                    .collect(Collectors.toSet());
        } catch (SocketException e) {
            return Set.of();
        }
    }

    private boolean isLoopback() {
        try {
            return InetAddress.getByName(settings.host()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private void add(Mark mark, String key, Object... arguments) {
        String text = "doctor.receiver." + key;
        boolean good = mark == Mark.OK || mark == Mark.NOTE;
        found.add(new Diagnosis(
                "receiver",
                mark,
                messages.text(text, arguments),
                good ? null : messages.text(text + ".mend", arguments)));
    }
}
