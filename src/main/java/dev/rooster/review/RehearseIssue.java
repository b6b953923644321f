package dev.rooster.review;

import dev.rooster.db.Database;
import dev.rooster.delivery.Editions;
import dev.rooster.delivery.IssueContent;
import dev.rooster.delivery.SampleCopies;
import dev.rooster.delivery.SampleCopy;
import dev.rooster.delivery.StartRefusal;
import dev.rooster.issue.IssueId;
import dev.rooster.language.Messages;
import dev.rooster.mail.DkimKey;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.newsletter.NewsletterSettings;
import dev.rooster.newsletter.Slot;
import dev.rooster.review.Rehearsal.Finding;
import dev.rooster.review.Rehearsal.Severity;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jsoup.Jsoup;

/**
 * The rehearsal before a proof: is anything in the way of a start, what does a copy weigh, do its links answer, does the relay
 * let us in, does DNS say what receivers ask for.
 */
public final class RehearseIssue implements Rehearse {
    /** Gmail shows no more of a mail; the footer with the refusal would be lost. */
    private static final int HTML_BYTES_MAX = 102_000;

    private static final int LINKS_SHOWN_MAX = 10;

    private final Database database;
    private final Editions editions;
    private final IssueContent content;
    private final SampleCopies copies;
    private final Function<Newsletter, Optional<DkimKey>> keys;
    private final Optional<LinkProbe> links;
    private final Preflight preflight;
    private final String site;

    /**
     * @param links empty: links are not asked
     * @param site where Rooster's own pages are: links that lead there are not asked
     */
    public RehearseIssue(
            Database database,
            Editions editions,
            IssueContent content,
            SampleCopies copies,
            Function<Newsletter, Optional<DkimKey>> keys,
            Optional<LinkProbe> links,
            Preflight preflight,
            URI site) {
        this.database = database;
        this.editions = editions;
        this.content = content;
        this.copies = copies;
        this.keys = keys;
        this.links = links;
        this.preflight = preflight;
        this.site = site.getAuthority();
    }

    @Override
    public Rehearsal run(Newsletter newsletter, IssueId issue, Slot slot) {
        Messages messages =
                Messages.of(RehearseIssue.class, newsletter.settings().language());
        List<Finding> findings = new ArrayList<>();
        Optional<StartRefusal> refusal = editions.check(newsletter, issue);
        refusal.ifPresent(found -> findings.add(new Finding(
                Severity.STOPS,
                messages.text(
                        "rehearsal.refused", found.message(newsletter.settings().language())),
                "")));
        IssueContent.Answer answer =
                database.jdbi().withHandle(handle -> content.find(handle, newsletter, issue, Optional.of(slot.date())));
        if (answer instanceof IssueContent.Answer.Ready ready) {
            SampleCopy copy = copy(newsletter, issue, ready, slot.at());
            findings.add(size(messages, copy));
            readers(messages, newsletter).ifPresent(findings::add);
            links.ifPresent(probe -> findings.addAll(links(messages, probe, copy.html())));
        }
        findings.addAll(preflight.look(newsletter));
        return new Rehearsal(findings);
    }

    private SampleCopy copy(Newsletter newsletter, IssueId issue, IssueContent.Answer.Ready ready, Instant at) {
        NewsletterSettings settings = newsletter.settings();
        return copies.make(
                newsletter, issue, ready, ready.subject(), settings.from(), null, at, 1, keys.apply(newsletter));
    }

    private static Finding size(Messages messages, SampleCopy copy) {
        int html = copy.sizes().htmlBytes();
        int kilobytes = (html + 999) / 1000;
        return html <= HTML_BYTES_MAX
                ? new Finding(Severity.GOOD, messages.text("rehearsal.rendered", kilobytes), "")
                : new Finding(
                        Severity.WARNING,
                        messages.text("rehearsal.clipped", kilobytes),
                        messages.text("rehearsal.clipped.mend"));
    }

    private Optional<Finding> readers(Messages messages, Newsletter newsletter) {
        return editions.audience(newsletter) > 0
                ? Optional.empty()
                : Optional.of(new Finding(Severity.WARNING, messages.text("rehearsal.nobody"), ""));
    }

    private List<Finding> links(Messages messages, LinkProbe probe, String html) {
        List<LinkProbe.LinkAnswer> answers = probe.probe(linksOf(html));
        List<Finding> findings = new ArrayList<>();
        long good = answers.stream()
                .filter(answer -> answer.kind() == LinkProbe.Kind.ANSWERED)
                .count();
        if (good > 0) {
            findings.add(new Finding(Severity.GOOD, messages.text("rehearsal.links", good), ""));
        }
        List<LinkProbe.LinkAnswer> others = answers.stream()
                .filter(answer -> answer.kind() != LinkProbe.Kind.ANSWERED)
                .toList();
        others.stream()
                .limit(LINKS_SHOWN_MAX)
                .map(answer -> new Finding(
                        Severity.WARNING,
                        messages.text("rehearsal.link." + answer.kind(), answer.link(), answer.detail())
                                .strip(),
                        ""))
                .forEach(findings::add);
        if (others.size() > LINKS_SHOWN_MAX) {
            findings.add(new Finding(
                    Severity.WARNING, messages.text("rehearsal.links.more", others.size() - LINKS_SHOWN_MAX), ""));
        }
        return findings;
    }

    /** What a reader can press, once each; pages of our own are left out: most exist only when the issue is out. */
    private List<URI> linksOf(String html) {
        return Jsoup.parse(html).select("a[href]").eachAttr("href").stream()
                .map(RehearseIssue::uri)
                .flatMap(Optional::stream)
                .filter(uri -> "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()))
                .filter(uri -> !uri.getAuthority().equalsIgnoreCase(site))
                .distinct()
                .toList();
    }

    /** Empty for what is no address of a host; the issue's own checks have told of it. */
    private static Optional<URI> uri(String href) {
        try {
            URI uri = new URI(new URI(href.strip()).toASCIIString());
            return uri.getHost() == null ? Optional.empty() : Optional.of(uri);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
