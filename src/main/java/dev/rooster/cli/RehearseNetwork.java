package dev.rooster.cli;

import dev.rooster.dns.DnsFinding;
import dev.rooster.dns.DnsLookup;
import dev.rooster.dns.DomainCheck;
import dev.rooster.language.Language;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.newsletter.NewsletterSettings;
import dev.rooster.review.Preflight;
import dev.rooster.review.Rehearsal.Finding;
import dev.rooster.review.Rehearsal.Severity;
import dev.rooster.smtp.RelayCheck;
import java.util.ArrayList;
import java.util.List;

/** Tries the relay that will carry an issue, and looks its sender up in DNS unless the mail stays on this machine. */
final class RehearseNetwork implements Preflight {
    private final App app;
    private final DnsLookup dns;

    RehearseNetwork(App app, DnsLookup dns) {
        this.app = app;
        this.dns = dns;
    }

    @Override
    public List<Finding> look(Newsletter newsletter) {
        NewsletterSettings settings = newsletter.settings();
        List<Finding> findings = new ArrayList<>(relay(settings));
        if (!app.relay(settings.relay()).loopback()) {
            DomainCheck.sender(
                            dns,
                            settings.language(),
                            settings.from().domain(),
                            settings.bounceDomain(),
                            app.dkim(newsletter).orElse(null))
                    .forEach(found -> findings.add(finding(found)));
        }
        return findings;
    }

    private List<Finding> relay(NewsletterSettings settings) {
        Language language = settings.language();
        return RelayCheck.check(app.settings().relays().get(settings.relay()), app.clock(), language).stream()
                .map(found -> new Finding(
                        switch (found.severity()) {
                            case GOOD -> Severity.GOOD;
                            case WARNING -> Severity.WARNING;
                            case FAILED -> Severity.STOPS;
                        },
                        found.what(),
                        found.hint()))
                .toList();
    }

    /** What DNS lacks makes mails less believed; it stops nothing here. */
    private static Finding finding(DnsFinding found) {
        return new Finding(
                found.severity() == DnsFinding.Severity.GOOD ? Severity.GOOD : Severity.WARNING,
                found.what(),
                found.hint());
    }
}
