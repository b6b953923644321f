package dev.rooster.cli;

import dev.rooster.cli.Diagnosis.Mark;
import dev.rooster.delivery.RelayUse;
import dev.rooster.delivery.SenderUse;
import dev.rooster.dns.DnsFinding;
import dev.rooster.dns.DnsLookup;
import dev.rooster.dns.DomainCheck;
import dev.rooster.inbox.CollectMailbox;
import dev.rooster.inbox.MailboxConnection;
import dev.rooster.inbox.MailboxSettings;
import dev.rooster.inbox.MailboxUnavailable;
import dev.rooster.language.Language;
import dev.rooster.language.Messages;
import dev.rooster.mail.DkimKey;
import dev.rooster.newsletter.LawGate;
import dev.rooster.newsletter.NewsletterSettings;
import dev.rooster.smtp.RelayCheck;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the doctor needs the network for: relays, DNS, mailboxes. Sends nothing. */
final class ExamineNetwork {
    private final App app;
    private final DnsLookup dns;
    private final RelayCheck.Load load;
    private final Language language;
    private final Messages messages;
    private final List<Diagnosis> found = new ArrayList<>();

    private ExamineNetwork(App app, DnsLookup dns, RelayCheck.Load load, Language language) {
        this.app = app;
        this.dns = dns;
        this.load = load;
        this.language = language;
        this.messages = Messages.of(ExamineNetwork.class, language);
    }

    /** The settings must be good. @param load what each relay is to carry */
    static List<Diagnosis> of(App app, DnsLookup dns, RelayCheck.Load load, Language language) {
        ExamineNetwork examine = new ExamineNetwork(app, dns, load, language);
        examine.relays();
        examine.site();
        examine.senders();
        examine.mailboxes();
        examine.found.addAll(ExamineReceiver.of(app, dns, language));
        return List.copyOf(examine.found);
    }

    private void relays() {
        app.settings().relays().values().forEach(relay -> {
            found.add(duties(relay.name()));
            RelayCheck.check(relay, load, app.clock(), language)
                    .forEach(finding -> found.add(
                            new Diagnosis("relay", mark(finding.severity()), finding.what(), finding.hint())));
        });
    }

    /** What a relay is there for. */
    private Diagnosis duties(String relay) {
        RelayUse use = app.settings().traffic().relays().get(relay);
        Map<String, SenderUse> newsletters =
                new LinkedHashMap<>(app.settings().traffic().newsletters());
        newsletters.values().removeIf(newsletter -> !newsletter.relays().contains(relay));
        List<String> duties = new ArrayList<>();
        if (!newsletters.isEmpty()) {
            String part = use.failover() > 0
                    ? " " + messages.text("doctor.relay.failover", use.failover())
                    : " " + messages.text("doctor.relay.weight", use.weight());
            boolean alone = newsletters.values().stream()
                    .allMatch(newsletter -> newsletter.relays().size() == 1);
            duties.add(messages.text("doctor.relay.issues", String.join(", ", newsletters.keySet()))
                    + (alone ? "" : part));
        }
        if (use.roles().contains(RelayUse.Role.TEST)) {
            duties.add(messages.text("doctor.relay.test"));
        }
        if (use.roles().contains(RelayUse.Role.NOTICES)) {
            duties.add(messages.text("doctor.relay.notices"));
        }
        return duties.isEmpty()
                ? new Diagnosis(
                        "relay",
                        Mark.WARNING,
                        messages.text("doctor.relay.unused", relay),
                        messages.text("doctor.relay.unused.mend"))
                : new Diagnosis(
                        "relay",
                        Mark.NOTE,
                        messages.text("doctor.relay.carries", relay, String.join(", ", duties)),
                        null);
    }

    private void site() {
        URI site = app.settings().publicUrl();
        boolean named = site != null
                && site.getHost().matches(".*[A-Za-z].*")
                && site.getHost().contains(".");
        if (named && !isMissing(LawGate.Missing.PUBLIC_URL)) {
            DomainCheck.site(dns, language, site.getHost()).forEach(this::add);
        }
    }

    private boolean isMissing(LawGate.Missing what) {
        return app.settings().newsletters().values().stream()
                .anyMatch(newsletter -> missing(newsletter).contains(what));
    }

    private List<LawGate.Missing> missing(NewsletterSettings newsletter) {
        return LawGate.missing(newsletter, app.settings().publicUrl(), false);
    }

    private void senders() {
        for (NewsletterSettings newsletter : app.settings().newsletters().values()) {
            if (missing(newsletter).contains(LawGate.Missing.FROM)) {
                found.add(new Diagnosis(
                        "dns",
                        Mark.WARNING,
                        messages.text(
                                "doctor.dns.placeholder", newsletter.from().domain()),
                        messages.text("doctor.dns.placeholder.mend", newsletter.name())));
            } else {
                DomainCheck.sender(
                                dns,
                                language,
                                newsletter.from().domain(),
                                newsletter.bounceDomain(),
                                dkimOf(newsletter))
                        .forEach(this::add);
            }
        }
        found.add(new Diagnosis("dns", Mark.NOTE, messages.text("doctor.dns.ptr"), null));
    }

    private void mailboxes() {
        Messages words = Messages.of(MailboxUnavailable.class, language);
        for (MailboxSettings mailbox : app.settings().mailboxes().values()) {
            String where = mailbox.host() + ":" + mailbox.port();
            try {
                int mails =
                        new CollectMailbox(new MailboxConnection(mailbox, app.clock()), app.mailForPeople()).count();
                found.add(new Diagnosis(
                        "mailbox", Mark.OK, messages.text("doctor.mailbox", mailbox.name(), where, mails), null));
            } catch (MailboxUnavailable e) {
                String key = "mailbox." + e.kind().name().toLowerCase(Locale.ROOT);
                found.add(new Diagnosis(
                        "mailbox",
                        Mark.FAILED,
                        words.text(key, mailbox.name(), where, e.getMessage()),
                        words.text(key + ".hint", mailbox.name(), where, e.getMessage())));
            }
        }
    }

    /** A key that can't be read was told already. */
    private DkimKey dkimOf(NewsletterSettings newsletter) {
        try {
            return app.dkim(newsletter).orElse(null);
        } catch (UserProblem e) {
            return null;
        }
    }

    private void add(DnsFinding finding) {
        Mark mark = switch (finding.severity()) {
            case GOOD -> Mark.OK;
            case WARNING -> Mark.WARNING;
            case FAILED -> Mark.FAILED;
        };
        found.add(new Diagnosis("dns", mark, finding.what(), finding.hint()));
    }

    private static Mark mark(RelayCheck.Severity severity) {
        return switch (severity) {
            case GOOD -> Mark.OK;
            case WARNING -> Mark.WARNING;
            case FAILED -> Mark.FAILED;
        };
    }
}
