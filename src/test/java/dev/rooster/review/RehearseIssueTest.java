package dev.rooster.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.delivery.PublicLinks;
import dev.rooster.delivery.SampleCopies;
import dev.rooster.fixtures.Databases;
import dev.rooster.fixtures.NewsDesk;
import dev.rooster.issue.IssueId;
import dev.rooster.newsletter.Slot;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RehearseIssueTest {
    private static final URI SITE = URI.create("http://localhost:8080");

    private final List<URI> asked = new ArrayList<>();

    private Rehearsal rehearse(NewsDesk desk, IssueId issue) {
        Slot slot = desk.queue.plan(desk.newsletter).places().get(0).slot();
        LinkProbe probe = links -> {
            asked.addAll(links);
            return links.stream()
                    .map(link -> new LinkProbe.LinkAnswer(
                            link,
                            link.getPath().equals("/gone") ? LinkProbe.Kind.GONE : LinkProbe.Kind.ANSWERED,
                            "404"))
                    .toList();
        };
        return new RehearseIssue(
                        desk.database,
                        desk.editions,
                        desk.content,
                        new SampleCopies(new PublicLinks(SITE, desk.keys.tokens()), desk.keys.tokens(), false),
                        newsletter -> Optional.empty(),
                        Optional.of(probe),
                        newsletter -> List.of(new Rehearsal.Finding(Rehearsal.Severity.GOOD, "relay", null)),
                        SITE)
                .run(desk.newsletter, issue, slot);
    }

    @Test
    void everythingTheSendNeedsIsLookedAtAndNothingIsChanged() {
        try (NewsDesk desk = new NewsDesk(Databases.Kind.H2)) {
            IssueId issue = desk.queued(
                    "하나",
                    "[여기](https://a.example/good) [저기](https://a.example/gone) "
                            + "[여기](https://a.example/good) [우리](http://localhost:8080/ai-weekly) [옆집](http://localhost:9/x)");
            Rehearsal rehearsal = rehearse(desk, issue);
            assertThat(asked)
                    .containsExactly(
                            URI.create("https://a.example/good"),
                            URI.create("https://a.example/gone"),
                            URI.create("http://localhost:9/x"));
            assertThat(rehearsal.stops()).isEmpty();
            assertThat(rehearsal.findings())
                    .extracting(Rehearsal.Finding::words)
                    .anyMatch(words -> words.contains("KB"))
                    .anyMatch(words -> words.contains("https://a.example/gone") && words.contains("404"))
                    .anyMatch(words -> words.contains("받을 사람이 없습니다"))
                    .contains("링크 2개가 열립니다.", "relay");
            assertThat(desk.editions.find(issue)).isEmpty();
            assertThat(desk.queue.plan(desk.newsletter).slotOf(issue)).isPresent();
        }
    }

    @Test
    void whatWouldKeepItFromStartingStops() {
        try (NewsDesk desk = new NewsDesk(Databases.Kind.H2)) {
            IssueId issue = desk.queued("하나");
            desk.database
                    .jdbi()
                    .useHandle(
                            handle -> handle.execute("update installation set held = true, held_reason = 'restored'"));
            assertThat(rehearse(desk, issue).stops()).hasSize(1);
        }
    }

    @Test
    void aMailThatGmailWouldClipIsSaidSo() {
        try (NewsDesk desk = new NewsDesk(Databases.Kind.H2)) {
            IssueId issue = desk.queued("하나", "긴 글입니다. ".repeat(8_000));
            assertThat(rehearse(desk, issue).findings())
                    .anyMatch(finding -> finding.severity() == Rehearsal.Severity.WARNING
                            && finding.words().contains("102KB"));
        }
    }
}
