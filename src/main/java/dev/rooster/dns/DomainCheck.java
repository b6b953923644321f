package dev.rooster.dns;

import dev.rooster.dns.DnsFinding.Severity;
import dev.rooster.language.Language;
import dev.rooster.language.Messages;
import dev.rooster.mail.DkimKey;
import dev.rooster.mail.DkimKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Looks at the records by which receivers decide whether a mail is ours. Changes nothing. What the relay itself needs (reverse
 * DNS, reputation) is its operator's business and is not looked at.
 */
public final class DomainCheck {
    private final DnsLookup dns;
    private final Messages messages;
    private final List<DnsFinding> findings = new ArrayList<>();

    private DomainCheck(DnsLookup dns, Language language) {
        this.dns = dns;
        this.messages = Messages.of(DomainCheck.class, language);
    }

    /**
     * What is said about a sender.
     *
     * @param fromDomain domain of the visible sender
     * @param bounceDomain domain of the envelope sender
     * @param dkim what mails are signed with; null: Rooster does not sign
     */
    public static List<DnsFinding> sender(
            DnsLookup dns, Language language, String fromDomain, String bounceDomain, DkimKey dkim) {
        DomainCheck check = new DomainCheck(dns, language);
        check.wayBack(bounceDomain);
        check.spf(bounceDomain);
        if (dkim == null) {
            check.add(Severity.WARNING, "dkim.off", fromDomain);
        } else {
            check.dkim(dkim);
        }
        check.dmarc(fromDomain);
        check.alignment(fromDomain, bounceDomain, dkim);
        return List.copyOf(check.findings);
    }

    /** Whether the host of the public pages can be found. */
    public static List<DnsFinding> site(DnsLookup dns, Language language, String host) {
        DomainCheck check = new DomainCheck(dns, language);
        DnsAnswer answer = dns.find(host, DnsLookup.Type.ADDRESS);
        if (answer instanceof DnsAnswer.Found found) {
            check.add(Severity.GOOD, "site.good", host, String.join(", ", found.values()));
        } else if (answer instanceof DnsAnswer.None) {
            check.add(Severity.FAILED, "site.missing", host);
        } else {
            check.unanswered(host, answer);
        }
        return List.copyOf(check.findings);
    }

    /** Bounces go to the envelope sender's mail exchanger, or to its address (RFC 5321 §5.1). */
    private void wayBack(String domain) {
        DnsAnswer answer = dns.find(domain, DnsLookup.Type.MX);
        if (answer instanceof DnsAnswer.Found found) {
            boolean none = found.values().get(0).equals(".");
            add(
                    none ? Severity.FAILED : Severity.GOOD,
                    none ? "mx.none" : "mx.good",
                    domain,
                    found.values().get(0));
        } else if (answer instanceof DnsAnswer.None
                && dns.find(domain, DnsLookup.Type.ADDRESS) instanceof DnsAnswer.None) {
            add(Severity.FAILED, "mx.missing", domain);
        } else if (answer instanceof DnsAnswer.None) {
            add(Severity.WARNING, "mx.address-only", domain);
        } else {
            unanswered(domain, answer);
        }
    }

    private void spf(String domain) {
        DnsAnswer answer = dns.find(domain, DnsLookup.Type.TXT);
        if (answer instanceof DnsAnswer.Unanswered) {
            unanswered(domain, answer);
            return;
        }
        List<String> records = answer instanceof DnsAnswer.Found found ? Spf.among(found.values()) : List.of();
        if (records.isEmpty()) {
            add(Severity.WARNING, "spf.missing", domain);
        } else if (records.size() > 1) {
            add(Severity.FAILED, "spf.several", domain, String.valueOf(records.size()));
        } else if (Spf.letsEverybody(records.get(0))) {
            add(Severity.WARNING, "spf.everybody", domain, records.get(0));
        } else if (Spf.letsNobody(records.get(0))) {
            add(Severity.FAILED, "spf.nobody", domain, records.get(0));
        } else if (new Spf(dns).lookups(records.get(0)) > Spf.LOOKUPS_MAX) {
            add(Severity.FAILED, "spf.lookups", domain, records.get(0));
        } else {
            add(Severity.GOOD, "spf.good", domain, records.get(0));
        }
    }

    private void dkim(DkimKey key) {
        String name = key.selector() + "._domainkey." + key.domain();
        DnsAnswer answer = dns.find(name, DnsLookup.Type.TXT);
        if (answer instanceof DnsAnswer.Unanswered) {
            unanswered(name, answer);
            return;
        }
        String record = DkimKeys.dnsRecord(key.key());
        if (!(answer instanceof DnsAnswer.Found found)) {
            add(Severity.FAILED, "dkim.missing", name, record);
            return;
        }
        // One record for a selector (RFC 6376 §3.6.2.2).
        Tags tags = Tags.of(found.values().get(0));
        String published = tags.get("p").replaceAll("\\s", "");
        if (found.values().size() > 1) {
            add(Severity.FAILED, "dkim.several", name);
        } else if (published.isEmpty()) {
            add(Severity.FAILED, tags.has("p") ? "dkim.revoked" : "dkim.malformed", name, record);
        } else if (!published.equals(Tags.of(record).get("p"))) {
            add(Severity.FAILED, "dkim.other", name, record);
        } else if (tags.get("t").toLowerCase(Locale.ROOT).contains("y")) {
            add(Severity.WARNING, "dkim.testing", name);
        } else {
            add(Severity.GOOD, "dkim.good", name);
        }
    }

    /** The sender's own record, or that of a domain above it (RFC 7489 §6.6.3). */
    private void dmarc(String domain) {
        for (String at = domain; at.contains("."); at = at.substring(at.indexOf('.') + 1)) {
            DnsAnswer answer = dns.find("_dmarc." + at, DnsLookup.Type.TXT);
            if (answer instanceof DnsAnswer.Unanswered) {
                unanswered("_dmarc." + at, answer);
                return;
            }
            List<String> records = answer instanceof DnsAnswer.Found found
                    ? found.values().stream()
                            .filter(value -> value.replace(" ", "").startsWith("v=DMARC1"))
                            .toList()
                    : List.of();
            if (records.size() > 1) {
                add(Severity.FAILED, "dmarc.several", at);
                return;
            }
            if (records.size() == 1) {
                String policy = Tags.of(records.get(0)).get("p").toLowerCase(Locale.ROOT);
                boolean known = List.of("none", "quarantine", "reject").contains(policy);
                add(known ? Severity.GOOD : Severity.FAILED, known ? "dmarc.good" : "dmarc.malformed", at, policy);
                return;
            }
        }
        add(Severity.WARNING, "dmarc.missing", domain);
    }

    /** DMARC asks that SPF or DKIM speak for the visible sender's own domain (RFC 7489 §3.1). */
    private void alignment(String from, String bounce, DkimKey dkim) {
        if (!related(from, bounce) && (dkim == null || !related(from, dkim.domain()))) {
            add(Severity.WARNING, "alignment", from, bounce);
        }
    }

    private static boolean related(String a, String b) {
        return a.equals(b) || a.endsWith("." + b) || b.endsWith("." + a);
    }

    private void unanswered(String name, DnsAnswer answer) {
        add(Severity.WARNING, "unanswered", name, ((DnsAnswer.Unanswered) answer).why());
    }

    private void add(Severity severity, String key, Object... arguments) {
        findings.add(new DnsFinding(
                severity,
                messages.text(key, arguments),
                severity == Severity.GOOD ? null : messages.text(key + ".hint", arguments)));
    }
}
