package dev.rooster.issue;

import dev.rooster.db.Database;
import dev.rooster.fixtures.Databases;
import dev.rooster.fixtures.SettableClock;
import dev.rooster.mail.EmailAddress;
import dev.rooster.newsletter.JdbiNewsletters;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.newsletter.NewsletterSettings;
import dev.rooster.newsletter.NewsletterSettingsBuilder;
import dev.rooster.newsletter.Slot;
import dev.rooster.newsletter.SlotRule;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jdbi.v3.core.Handle;

/** A newsletter that appears on Wednesdays at 07:00 in Seoul, on a database of its own; it is Tuesday noon before the first. */
final class Weekly implements AutoCloseable {
    static final LocalDate FIRST = LocalDate.parse("2026-11-25");
    static final LocalDate SECOND = LocalDate.parse("2026-12-02");
    static final LocalDate THIRD = LocalDate.parse("2026-12-09");

    final SettableClock clock = SettableClock.at("2026-11-24T03:00:00Z");
    final Database database;
    final Newsletter newsletter;
    final IssueQueue queue;
    final AddIssue add;
    final JdbiIssues issues = new JdbiIssues();
    final List<IssueId> started = new ArrayList<>();
    String refusal = "";
    final RunDueSlots due;

    Weekly(Databases.Kind kind) {
        database = Databases.open(kind);
        NewsletterSettings settings = new NewsletterSettingsBuilder(
                        "ai-weekly", "AI 주간", EmailAddress.of("news@news.kr"), SlotRule.of("WED 07:00"))
                .build();
        newsletter = new JdbiNewsletters(database.jdbi(), new SplittableRandom(1), clock)
                .register(List.of(settings))
                .only()
                .orElseThrow();
        queue = new IssueQueue(database, clock);
        add = new AddIssue(database, clock);
        due = new RunDueSlots(database, this::start, clock);
    }

    private String start(Handle handle, Newsletter started, IssueId issue, Slot slot) {
        if (!refusal.isEmpty()) {
            return refusal;
        }
        if (!queue.take(handle, started, issue)) {
            throw new AssertionError("issue " + issue + " could not be taken");
        }
        this.started.add(issue);
        return "";
    }

    /** A new draft with a text of its own. */
    IssueId draft(String title) {
        return ((AddOutcome.Added) add(title + ".md", "---\n제목: " + title + "\n---\n글")).id();
    }

    AddOutcome add(String name, String markdown) {
        return add.add(newsletter, name, markdown.getBytes(StandardCharsets.UTF_8), folder(Path.of("/nowhere")));
    }

    static FolderPictures folder(Path folder) {
        return new FolderPictures(folder);
    }

    IssueId queued(String title) {
        IssueId id = draft(title);
        queue(id);
        return id;
    }

    QueueOutcome queue(IssueId id) {
        return queue.queue(newsletter, id, Optional.empty(), false);
    }

    QueueOutcome queue(IssueId id, LocalDate date) {
        return queue.queue(newsletter, id, Optional.of(date), false);
    }

    Optional<LocalDate> slotOf(IssueId id) {
        return queue.plan(newsletter).slotOf(id).map(Slot::date);
    }

    IssueState state(IssueId id) {
        return database.jdbi()
                .withHandle(handle -> issues.find(handle, id).orElseThrow().state());
    }

    List<SlotResult> runAt(String instant) {
        clock.set(Instant.parse(instant));
        return due.run(List.of(newsletter));
    }

    void hold(boolean held) {
        database.jdbi().useHandle(handle -> {
            handle.execute("delete from installation");
            handle.execute(
                    "insert into installation (id, installation_id, epoch, held, created_at) values (1, 'x', 1, ?, current_timestamp)",
                    held);
        });
    }

    @Override
    public void close() {
        database.close();
    }
}
