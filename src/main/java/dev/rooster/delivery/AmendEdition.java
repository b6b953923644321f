package dev.rooster.delivery;

import dev.rooster.db.Database;
import dev.rooster.issue.AddIssue;
import dev.rooster.issue.AddOutcome;
import dev.rooster.issue.CompareIssues;
import dev.rooster.issue.FolderPictures;
import dev.rooster.issue.IssueDifference;
import dev.rooster.issue.IssueId;
import dev.rooster.issue.ParsedIssue;
import dev.rooster.issue.ReadIssue;
import dev.rooster.newsletter.LawGate;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.newsletter.NewsletterId;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * Mends an issue in a pause of its sending: freezes one more version for those of whom no copy can have left. Each gets the
 * version that its edition has when its row is claimed; a copy that may have arrived is only ever sent again as it was.
 *
 * <p>All or nothing, in one transaction. Older versions and their pictures stay. Thread-safe.
 */
public final class AmendEdition {
    private final Database database;
    private final JdbiEditions editions;
    private final JdbiEditionVersions versions = new JdbiEditionVersions();
    private final AddIssue files;
    private final ReadIssue issues = new ReadIssue();
    private final IssueContent content;
    private final FreezeVersion freeze;
    private final Function<NewsletterId, Optional<RelayPool>> relays;
    private final URI publicUrl;
    private final InstantSource clock;

    /** @param publicUrl as set; null when it is not */
    public AmendEdition(
            Database database,
            JdbiEditions editions,
            AddIssue files,
            IssueContent content,
            FreezeVersion freeze,
            Function<NewsletterId, Optional<RelayPool>> relays,
            URI publicUrl,
            InstantSource clock) {
        this.database = database;
        this.editions = editions;
        this.files = files;
        this.content = content;
        this.freeze = freeze;
        this.relays = relays;
        this.publicUrl = publicUrl;
        this.clock = clock;
    }

    /**
     * Mends.
     *
     * @param fileName shown in findings and kept; need not be a path
     * @param pictures where its pictures lie
     * @param dryRun true: everything is checked and told, nothing is changed
     */
    public AmendOutcome amend(
            Newsletter newsletter,
            IssueId issue,
            String fileName,
            byte[] bytes,
            FolderPictures pictures,
            boolean dryRun) {
        return database.jdbi().inTransaction(handle -> {
            AmendOutcome outcome = amend(handle, newsletter, issue, fileName, bytes, pictures);
            if (dryRun || !(outcome instanceof AmendOutcome.Amended)) {
                handle.rollback();
            }
            return outcome;
        });
    }

    private AmendOutcome amend(
            Handle handle,
            Newsletter newsletter,
            IssueId issue,
            String fileName,
            byte[] bytes,
            FolderPictures pictures) {
        Edition edition = editions.findByIssue(handle, issue)
                .flatMap(found -> editions.lock(handle, found.id()))
                .orElse(null);
        if (edition == null) {
            return new AmendOutcome.NoEdition();
        }
        if (edition.state() != EditionState.PAUSED) {
            return new AmendOutcome.NotPaused(edition);
        }
        boolean loopback = relays.apply(newsletter.id())
                .map(pool -> pool.relay().loopback())
                .orElse(false);
        List<LawGate.Missing> missing = LawGate.missing(newsletter.settings(), publicUrl, loopback);
        if (!missing.isEmpty()) {
            return new AmendOutcome.NotSendable(StartRefusal.law(newsletter, missing));
        }
        ParsedIssue before = read(handle, newsletter, edition);
        AddOutcome added = files.amend(handle, newsletter, issue, fileName, bytes, pictures);
        if (!(added instanceof AddOutcome.Added)) {
            return new AmendOutcome.FileRefused(added);
        }
        IssueContent.Answer answer = content.find(handle, newsletter, issue, Optional.ofNullable(edition.slotDate()));
        if (answer instanceof IssueContent.Answer.Faulty faulty) {
            return new AmendOutcome.NotSendable(StartRefusal.content(faulty.words()));
        }
        if (!(answer instanceof IssueContent.Answer.Ready ready)) {
            return new AmendOutcome.NotSendable(StartRefusal.noIssue(issue));
        }
        ParsedIssue after = read(handle, newsletter, edition);
        return same(handle, newsletter, edition, ready)
                ? new AmendOutcome.NothingChanged(edition, after)
                : freeze(handle, newsletter, edition, ready, before, after);
    }

    private ParsedIssue read(Handle handle, Newsletter newsletter, Edition edition) {
        return issues.find(handle, newsletter, edition.issue(), Optional.ofNullable(edition.slotDate()))
                .orElseThrow();
    }

    private boolean same(Handle handle, Newsletter newsletter, Edition edition, IssueContent.Answer.Ready ready) {
        EditionVersion now =
                versions.find(handle, edition.id(), edition.version()).orElseThrow();
        return freeze.wouldBe(now, newsletter, edition.issue(), ready);
    }

    /** Its time begins anew with its release: the pause may have used up what there was. */
    private AmendOutcome freeze(
            Handle handle,
            Newsletter newsletter,
            Edition edition,
            IssueContent.Answer.Ready ready,
            ParsedIssue before,
            ParsedIssue after) {
        IssueDifference difference = CompareIssues.compare(before.document(), after.document());
        int version = edition.version() + 1;
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        freeze.write(handle, edition.id(), version, newsletter, edition.issue(), ready, now, difference.summary());
        editions.setVersion(handle, edition.id(), version);
        editions.prolong(handle, edition.id(), now.plus(DeliverySettings.expiry(newsletter.settings())));
        return new AmendOutcome.Amended(
                editions.find(handle, edition.id()).orElseThrow(),
                version,
                after,
                difference,
                editions.rest(handle, edition.id()));
    }
}
