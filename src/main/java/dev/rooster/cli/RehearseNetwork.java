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

/**
 * Tries the relays that will carry an issue, and looks its sender up in DNS unless the mail stays on this machine. A relay that
 * fails stops nothing while another carries the issue.
 */
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
        List<String> relays =
                app.settings().traffic().newsletters().get(newsletter.name()).relays();
        List<Finding> findings = new ArrayList<>(relays(relays, settings.language()));
        if (!relays.stream().allMatch(relay -> app.relay(relay).loopback())) {
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

    private List<Finding> relays(List<String> relays, Language language) {
        List<List<RelayCheck.Finding>> each = relays.stream()
                .map(name -> RelayCheck.check(app.settings().relays().get(name), app.clock(), language))
                .toList();
        boolean allFail = each.stream().allMatch(found -> found.get(0).severity() == RelayCheck.Severity.FAILED);
        return each.stream()
                .flatMap(List::stream)
                .map(found -> new Finding(severity(found.severity(), allFail), found.what(), found.hint()))
                .toList();
    }

    private static Severity severity(RelayCheck.Severity severity, boolean allFail) {
        return switch (severity) {
            case GOOD -> Severity.GOOD;
            case WARNING -> Severity.WARNING;
            case FAILED -> allFail ? Severity.STOPS : Severity.WARNING;
        };
    }

    /** What DNS lacks makes mails less believed; it stops nothing here. */
    private static Finding finding(DnsFinding found) {
        return new Finding(
                found.severity() == DnsFinding.Severity.GOOD ? Severity.GOOD : Severity.WARNING,
                found.what(),
                found.hint());
    }
}
