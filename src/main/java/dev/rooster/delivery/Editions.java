package dev.rooster.delivery;

import dev.rooster.db.Database;
import dev.rooster.db.JdbiInstallation;
import dev.rooster.issue.IssueId;
import dev.rooster.issue.IssueState;
import dev.rooster.issue.JdbiIssues;
import dev.rooster.newsletter.Newsletter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongConsumer;

/**
 * What operators do with editions: start, pause, resume, cancel. Each is effective at its commit, on all nodes: the durable step
 * before each body asks the edition's row. Thread-safe.
 */
public final class Editions {
    private final Database database;
    private final JdbiEditions editions;
    private final JdbiEditionProviders providers = new JdbiEditionProviders();
    private final JdbiIssues issues = new JdbiIssues();
    private final JdbiInstallation installation = new JdbiInstallation();
    private final FreezeEdition freeze;
    private final WriteAudience audience;
    private final InstantSource clock;
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
    private volatile Runnable settle = () -> {};

    public Editions(
            Database database,
            JdbiEditions editions,
            FreezeEdition freeze,
            WriteAudience audience,
            InstantSource clock) {
        this.database = database;
        this.editions = editions;
        this.freeze = freeze;
        this.audience = audience;
        this.clock = clock;
    }

    /** Called after each change in this process, so that an engine here need not wait for its next look. */
    public void onChange(Runnable watcher) {
        watchers.add(watcher);
    }

    /**
     * What brings the rows up to what an engine in this process knows, where they are allowed to lag behind it; called before
     * something is done or said by them.
     */
    public void onSettle(Runnable settling) {
        settle = settling;
    }

    /** Brings every row up to what is known at this moment. */
    public void settle() {
        settle.run();
    }

    public Optional<Edition> find(IssueId issue) {
        return database.jdbi().withHandle(handle -> editions.findByIssue(handle, issue));
    }

    /** Where the rows stand now; reads them all. */
    public EditionCounts counts(EditionId edition) {
        settle();
        return database.jdbi().withHandle(handle -> editions.counts(handle, edition));
    }

    /** How many would get this newsletter now, without starting anything. */
    public long audience(Newsletter newsletter) {
        return database.jdbi().withHandle(handle -> JdbiAudience.count(handle, newsletter.id()));
    }

    /** What a start would be refused for, without starting anything. */
    public Optional<StartRefusal> check(Newsletter newsletter, IssueId issue) {
        return database.jdbi().withHandle(handle -> {
            handle.begin();
            try {
                StartOutcome outcome = freeze.freeze(handle, newsletter, issue, Optional.empty(), Duration.ZERO);
                return outcome instanceof StartOutcome.Refused refused
                        ? Optional.of(refused.refusal())
                        : Optional.<StartRefusal>empty();
            } finally {
                handle.rollback();
            }
        });
    }

    /**
     * Freezes the issue and writes its audience. Starting again is harmless: it goes on with what was not yet written.
     *
     * @param pace the first tries are spread over this long; zero: as fast as the relay goes
     * @param written told how many candidates were seen so far
     */
    public StartOutcome start(Newsletter newsletter, IssueId issue, Duration pace, LongConsumer written) {
        StartOutcome outcome = database.jdbi()
                .inTransaction(handle -> freeze.freeze(handle, newsletter, issue, Optional.empty(), pace));
        if (outcome instanceof StartOutcome.Started started) {
            Edition edition = audience.run(started.edition().id(), written);
            changed();
            return new StartOutcome.Started(edition, started.before());
        }
        return outcome;
    }

    /** Pauses. @param why the operator's words; may be empty */
    public EditionChange pause(IssueId issue, String why) {
        return change(issue, EditionState.PAUSED, (handle, edition, now) -> {
            editions.pause(handle, edition.id(), new PauseReason(PauseReason.Kind.OPERATOR, why), now);
        });
    }

    /**
     * Goes on with exactly those not yet sent: a paused edition, or the paused providers of one that is being sent. A taken-over
     * edition belongs to this installation from then on.
     */
    public EditionChange resume(IssueId issue) {
        return change(issue, EditionState.SENDING, (handle, edition, now) -> {
            if (edition.state() == EditionState.PAUSED) {
                editions.goOn(handle, edition, now);
            }
            editions.setEpoch(handle, edition.id(), installation.epoch(handle));
            providers.resume(handle, edition.id(), null, now);
        });
    }

    /**
     * Lets one mailbox provider go on that a stop rule paused; the edition stays as it is.
     *
     * @param provider its word, see {@code MailboxProvider}
     */
    public EditionChange resumeProvider(IssueId issue, String provider) {
        EditionChange result = database.jdbi().inTransaction(handle -> {
            Optional<Edition> edition = editions.findByIssue(handle, issue);
            if (edition.isEmpty()) {
                return new EditionChange.NoEdition();
            }
            int resumed = providers.resume(handle, edition.get().id(), provider, clock.instant());
            return resumed == 0 ? new EditionChange.NotNow(edition.get()) : new EditionChange.Done(edition.get());
        });
        changed();
        return result;
    }

    /** What the stop rules know of an edition, by mailbox provider. */
    public List<ProviderTally> providers(EditionId edition) {
        return database.jdbi().withHandle(handle -> providers.tallies(handle, edition));
    }

    /** Cancels for good: what has not left is skipped. What is on the wire is recorded as it ends. */
    public EditionChange cancel(IssueId issue) {
        EditionChange result = change(issue, EditionState.CANCELLED, (handle, edition, now) -> {
            editions.become(handle, edition, EditionState.CANCELLED, null);
            issues.move(handle, edition.issue(), IssueState.SENDING, IssueState.CANCELLED, now);
        });
        if (!(result instanceof EditionChange.Done done)) {
            return result;
        }
        // nothing begins any more: what is on the wire can be told from what is not
        EditionId id = done.edition().id();
        closeCancelled(id);
        return new EditionChange.Done(
                database.jdbi().withHandle(handle -> editions.find(handle, id).orElseThrow()));
    }

    private void closeCancelled(EditionId id) {
        settle();
        database.jdbi().useTransaction(handle -> editions.closeCancelled(handle, id, clock.instant()));
    }

    @FunctionalInterface
    private interface Change {
        void apply(org.jdbi.v3.core.Handle handle, Edition edition, Instant now);
    }

    private EditionChange change(IssueId issue, EditionState wanted, Change change) {
        EditionChange result = database.jdbi().inTransaction(handle -> {
            Optional<Edition> edition =
                    editions.findByIssue(handle, issue).flatMap(found -> editions.lock(handle, found.id()));
            if (edition.isEmpty()) {
                return new EditionChange.NoEdition();
            }
            boolean resuming = wanted == EditionState.SENDING;
            boolean pausedInPart = resuming
                    && edition.get().state() == EditionState.SENDING
                    && !providers.paused(handle, edition.get().id()).isEmpty();
            if (resuming && installation.heldReason(handle).isPresent()) {
                return new EditionChange.Held(installation.heldReason(handle).get());
            }
            boolean allowed = resuming
                    ? pausedInPart || edition.get().state() == EditionState.PAUSED
                    : edition.get().state().mayBecome(wanted);
            if (!allowed) {
                return new EditionChange.NotNow(edition.get());
            }
            change.apply(handle, edition.get(), clock.instant());
            return new EditionChange.Done(
                    editions.find(handle, edition.get().id()).orElseThrow());
        });
        changed();
        return result;
    }

    /**
     * Does what is to be done without anybody asking: writes audiences that were cut off, settles what cancelled editions left.
     * Safe on any number of nodes, as often as anybody likes.
     */
    public void runDue() {
        for (Edition edition : database.jdbi().withHandle(editions::unsettled)) {
            if (edition.state() == EditionState.PREPARING) {
                audience.run(edition.id(), written -> {});
                changed();
            } else {
                closeCancelled(edition.id());
            }
        }
    }

    /** The side of the queue that fires slots: freezes inside the slot's own transaction; {@link #runDue} goes on from there. */
    public StartOutcome startAtSlot(
            org.jdbi.v3.core.Handle handle, Newsletter newsletter, IssueId issue, LocalDate slotDate) {
        return freeze.freeze(
                handle,
                newsletter,
                issue,
                Optional.of(slotDate),
                newsletter.settings().pace());
    }

    /** Tells those who watch; for whoever changes editions elsewhere in this process. */
    public void changed() {
        watchers.forEach(Runnable::run);
    }
}
