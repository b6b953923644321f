package dev.rooster.review;

import dev.rooster.db.Database;
import dev.rooster.delivery.IssueContent;
import dev.rooster.delivery.SampleCopies;
import dev.rooster.delivery.SampleCopy;
import dev.rooster.issue.IssueState;
import dev.rooster.issue.JdbiIssues;
import dev.rooster.issue.StoredIssue;
import dev.rooster.language.Language;
import dev.rooster.language.Messages;
import dev.rooster.mail.DkimKey;
import dev.rooster.mail.MessageBuffer;
import dev.rooster.mail.Segment;
import dev.rooster.mail.Skeleton;
import dev.rooster.newsletter.LocalMoment;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.newsletter.ReviewSettings;
import dev.rooster.newsletter.SlotCalendar;
import dev.rooster.notice.Notice;
import dev.rooster.notice.NoticeKind;
import dev.rooster.notice.WriteCopy;
import dev.rooster.template.PageRenderer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes proofs and staff copies: the issue as its readers would get it, with a marked subject, and above it when it goes out
 * and the links to approve it or to hold it back. Thread-safe.
 */
public final class CopyMails implements WriteCopy {
    /** In the notice's payload: the public id of the moment. */
    static final String MOMENT = "moment";

    private static final Pattern BODY = Pattern.compile("<body\\b[^>]*>", Pattern.CASE_INSENSITIVE);

    private final Database database;
    private final IssueContent content;
    private final SampleCopies copies;
    private final ReviewLinks links;
    private final PageRenderer renderer;
    private final JdbiMoments moments = new JdbiMoments();
    private final JdbiIssues issues = new JdbiIssues();
    private final IssueReviews reviews = new IssueReviews();

    public CopyMails(
            Database database, IssueContent content, SampleCopies copies, ReviewLinks links, PageRenderer renderer) {
        this.database = database;
        this.content = content;
        this.copies = copies;
        this.links = links;
        this.renderer = renderer;
    }

    /** A copy's parts, read in one go. */
    private record Parts(
            PastMoment moment,
            StoredIssue issue,
            IssueContent.Answer content,
            ReviewStanding standing,
            Rehearsal rehearsal) {}

    @Override
    public Optional<String> write(Notice notice, Newsletter newsletter, Optional<DkimKey> key, MessageBuffer out) {
        Optional<Parts> found = parts(notice, newsletter);
        if (found.isEmpty() || found.get().issue().state() != IssueState.QUEUED) {
            return Optional.of("the issue no longer waits for this slot");
        }
        Parts parts = found.get();
        if (!(parts.content() instanceof IssueContent.Answer.Ready ready)) {
            throw new IllegalStateException("issue " + parts.issue().id() + " can't be rendered any more");
        }
        Language language = newsletter.settings().language();
        ReviewBanner banner = banner(notice, newsletter, parts);
        String subject = Messages.of(CopyMails.class, language)
                .text(notice.kind() == NoticeKind.PROOF ? "copy.proof" : "copy.staff", ready.subject());
        SampleCopy copy = copies.make(
                newsletter,
                parts.issue().id(),
                new IssueContent.Answer.Ready(
                        ready.subject(),
                        above(ready.html(), renderer.render("notices/review", banner, language)),
                        above(ready.text(), renderer.renderText("notices/review", banner, language)),
                        ready.archiveHtml()),
                subject,
                notice.recipient(),
                null,
                notice.createdAt(),
                notice.publicId(),
                key);
        copy.write(out);
        return Optional.empty();
    }

    private Optional<Parts> parts(Notice notice, Newsletter newsletter) {
        long publicId = Long.parseLong(notice.payload().getOrDefault(MOMENT, "0"));
        return database.jdbi()
                .withHandle(handle -> moments.findByPublicId(handle, publicId)
                        .flatMap(moment -> issues.find(handle, moment.issue())
                                .map(issue -> new Parts(
                                        moment,
                                        issue,
                                        content.find(handle, newsletter, issue.id(), Optional.of(moment.slot())),
                                        reviews.standing(handle, issue.id()),
                                        moments.rehearsal(handle, publicId)))));
    }

    private ReviewBanner banner(Notice notice, Newsletter newsletter, Parts parts) {
        Instant slot = new SlotCalendar(
                        newsletter.settings().slot(), newsletter.settings().zone(), Map.of())
                .instantOf(parts.moment().slot());
        return new ReviewBanner(
                notice.kind() == NoticeKind.PROOF,
                newsletter.settings().title(),
                LocalMoment.of(newsletter, slot, newsletter.settings().language()),
                newsletter.settings().review().approval() == ReviewSettings.Approval.REQUIRED,
                parts.standing().hold().map(ReviewDecision::by).orElse(""),
                parts.standing().approvals().stream().map(ReviewDecision::by).toList(),
                parts.rehearsal().findings().stream().map(CopyMails::line).toList(),
                links.approve(newsletter, parts.moment(), notice.personHash()),
                links.hold(newsletter, parts.moment(), notice.personHash()));
    }

    private static ReviewBanner.Line line(Rehearsal.Finding finding) {
        return new ReviewBanner.Line(
                finding.severity().sign(),
                finding.words(),
                finding.mend(),
                finding.severity() == Rehearsal.Severity.GOOD);
    }

    /** The banner put right behind the body's tag; a part without one begins with it. */
    static Skeleton above(Skeleton part, String banner) {
        List<Segment> segments = new ArrayList<>(part.segments());
        for (int i = 0; i < segments.size(); i++) {
            Matcher body = segments.get(i) instanceof Segment.Fixed fixed ? BODY.matcher(fixed.text()) : null;
            if (body != null && body.find()) {
                String text = ((Segment.Fixed) segments.get(i)).text();
                segments.set(i, new Segment.Fixed(text.substring(0, body.end()) + banner + text.substring(body.end())));
                return new Skeleton(segments);
            }
        }
        segments.add(0, new Segment.Fixed(banner));
        return new Skeleton(segments);
    }
}
