package dev.rooster.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.fixtures.Databases;
import dev.rooster.fixtures.NewsDesk;
import dev.rooster.issue.IssueId;
import dev.rooster.newsletter.NewsletterName;
import dev.rooster.review.IssueReviews;
import dev.rooster.review.ReviewDecision;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReviewPageTest {
    /** A newsletter with a proof in two mailboxes, and the server its links lead to. */
    private static final class Proofed implements AutoCloseable {
        final NewsDesk desk = new NewsDesk(Databases.Kind.H2);
        final IssueId issue = desk.queued("반도체 <다시> 웃다");
        final PagesOnTrial pages;
        final String approve;
        final String hold;

        Proofed() {
            desk.at("2026-12-01T10:00:00").runMoments();
            desk.sendNotices();
            Matcher links = Pattern.compile("/a/[a-z2-7]+").matcher(text(desk.relay.taken.get(0)));
            assertThat(links.find()).isTrue();
            approve = links.group();
            assertThat(links.find()).isTrue();
            hold = links.group();
            pages = PagesOnTrial.over(desk);
        }

        private static String text(String mail) {
            String base64 = mail.substring(mail.indexOf("text/plain"));
            base64 = base64.substring(base64.indexOf("\r\n\r\n") + 4);
            base64 = base64.substring(0, base64.indexOf("\r\n--"));
            return new String(
                    java.util.Base64.getMimeDecoder().decode(base64), java.nio.charset.StandardCharsets.UTF_8);
        }

        List<ReviewDecision> decisions() {
            return desk.database.jdbi().withHandle(handle -> new IssueReviews().decisions(handle, issue));
        }

        @Override
        public void close() {
            pages.server.close();
            desk.close();
        }
    }

    @Test
    void openingALinkShowsWhatIsAskedAndChangesNothing() {
        try (Proofed proofed = new Proofed()) {
            for (int i = 0; i < 3; i++) {
                HttpResponse<String> page = proofed.pages.get(proofed.approve);
                assertThat(page.statusCode()).isEqualTo(200);
                assertThat(page.body())
                        .contains("반도체 &lt;다시&gt; 웃다", "editor@kkok.kr", "12월 2일(수) 07:00", "<form method=\"post\">");
                assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
            }
            assertThat(proofed.pages.head(proofed.hold).statusCode()).isEqualTo(200);
            assertThat(proofed.pages.get(proofed.hold + "?lang=en").body()).contains("Hold this issue back?");
            assertThat(proofed.decisions()).isEmpty();
        }
    }

    @Test
    void aPressDoesWhatItsLinkIsFor() {
        try (Proofed proofed = new Proofed()) {
            assertThat(proofed.pages
                            .post(proofed.hold, "why=%EC%98%A4%ED%83%80")
                            .body())
                    .contains("보류했습니다", "오타");
            assertThat(proofed.pages.post(proofed.approve, "").body()).contains("승인했습니다");
            assertThat(proofed.decisions())
                    .extracting(ReviewDecision::kind)
                    .containsExactly(ReviewDecision.Kind.HOLD, ReviewDecision.Kind.APPROVE);
        }
    }

    @Test
    void aTextThatChangedMeanwhileIsNotApproved() {
        try (Proofed proofed = new Proofed()) {
            HttpResponse<String> answer = proofed.pages.post(proofed.approve, "text=0123");
            assertThat(answer.statusCode()).isEqualTo(409);
            assertThat(proofed.decisions()).isEmpty();
        }
    }

    @Test
    void aLinkOfAnIssueThatIsOverIsGone() {
        try (Proofed proofed = new Proofed()) {
            proofed.desk.at("2026-12-02T07:00:00").runSlots();
            proofed.desk.editions.cancel(proofed.issue);
            assertThat(proofed.pages.get(proofed.approve).statusCode()).isEqualTo(410);
            assertThat(proofed.pages.post(proofed.hold, "").statusCode()).isEqualTo(410);
            assertThat(proofed.pages.post("/a/" + "a".repeat(68), "").statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void noNewsletterCanTakeThePath() {
        assertThat(NewsletterName.problemOf("a")).contains(NewsletterName.Problem.RESERVED);
    }
}
