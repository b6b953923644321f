package dev.rooster.delivery;

import dev.rooster.delivery.InMemoryWorld.DeliveryRow;
import dev.rooster.delivery.InMemoryWorld.EditionRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The ledger's contract in plain maps: for the simulation, where thousands of sends run in seconds. Not thread-safe. */
final class InMemoryLedger implements Ledger {
    private final InMemoryWorld world;
    private final String owner;
    private final long epoch;

    InMemoryLedger(InMemoryWorld world, String owner) {
        this.world = world;
        this.owner = owner;
        this.epoch = world.epoch;
    }

    @Override
    public void join(Duration lease, UncertainPolicy policy, Instant now) {
        recoverFrom(owner, policy, now);
        world.leases.put(owner, world.clock.instant().plus(lease));
    }

    @Override
    public boolean renew(Duration lease) {
        if (!leaseHolds()) {
            return false;
        }
        world.leases.put(owner, world.clock.instant().plus(lease));
        return true;
    }

    private boolean leaseHolds() {
        Instant until = world.leases.get(owner);
        return until != null && until.isAfter(world.clock.instant());
    }

    @Override
    public void leave() {
        world.leases.put(owner, Instant.MIN);
    }

    @Override
    public Recovered recover(boolean everybody, UncertainPolicy policy, Instant now) {
        Recovered all = Recovered.NOTHING;
        for (String other : List.copyOf(world.leases.keySet())) {
            boolean dead = everybody || !world.leases.get(other).isAfter(world.clock.instant());
            if (dead && !other.equals(owner)) {
                all = all.plus(recoverFrom(other, policy, now));
            }
        }
        return all;
    }

    private Recovered recoverFrom(String other, UncertainPolicy policy, Instant now) {
        long queued = 0;
        long uncertain = 0;
        for (EditionRow edition : world.editions.values()) {
            for (DeliveryRow row : edition.rows.values()) {
                if (other.equals(row.owner) && row.state == DeliveryState.CLAIMED) {
                    row.become(DeliveryState.QUEUED);
                    row.owner = null;
                    row.nextAttempt = now;
                    queued++;
                } else if (other.equals(row.owner) && row.state == DeliveryState.SENDING) {
                    row.become(DeliveryState.UNCERTAIN);
                    row.owner = null;
                    row.nextAttempt = row.uncertainCount == 0 && policy == UncertainPolicy.RESEND ? now : null;
                    row.uncertainCount++;
                    uncertain++;
                }
            }
        }
        world.leases.remove(other);
        return new Recovered(queued, uncertain);
    }

    @Override
    public List<SendingEdition> sending() {
        return world.editions.values().stream()
                .filter(this::maySend)
                .map(EditionRow::toSend)
                .toList();
    }

    private boolean maySend(EditionRow edition) {
        return edition.state == EditionState.SENDING
                && edition.epoch == world.epoch
                && epoch == world.epoch
                && !world.held;
    }

    @Override
    public Claim claim(EditionId id, ClaimScope scope, long cursor, int limit, Instant now) {
        EditionRow edition = world.editions.get(id);
        List<ClaimedDelivery> rows = new ArrayList<>();
        int skipped = 0;
        if (!maySend(edition) || !leaseHolds()) {
            return new Claim(rows, 0, cursor, false, null);
        }
        int taken = 0;
        long last = cursor;
        for (DeliveryRow row : edition.rows.values()) {
            if (taken < limit
                    && row.nextAttempt != null
                    && !row.nextAttempt.isAfter(now)
                    && tryable(row)
                    && takes(edition, scope, row)) {
                taken++;
                skipped += take(edition, row, rows);
            }
        }
        for (DeliveryRow row : edition.rows.tailMap(cursor, false).values()) {
            if (taken < limit) {
                last = row.key.seq();
                if (fresh(row) && takes(edition, scope, row)) {
                    taken++;
                    skipped += take(edition, row, rows);
                }
            }
        }
        boolean freshLeft = edition.rows.tailMap(last, false).values().stream()
                .anyMatch(row -> fresh(row) && takes(edition, scope, row));
        return new Claim(rows, skipped, last, freshLeft, nextDue(edition, scope));
    }

    private static boolean fresh(DeliveryRow row) {
        return row.state == DeliveryState.QUEUED && row.nextAttempt == null;
    }

    private static boolean takes(EditionRow edition, ClaimScope scope, DeliveryRow row) {
        return scope.takes(row.provider) && !edition.paused.contains(row.provider);
    }

    private static boolean tryable(DeliveryRow row) {
        return row.state == DeliveryState.QUEUED
                || row.state == DeliveryState.DEFERRED
                || row.state == DeliveryState.UNCERTAIN;
    }

    private int take(EditionRow edition, DeliveryRow row, List<ClaimedDelivery> rows) {
        row.become(DeliveryState.CLAIMED);
        row.owner = owner;
        row.nextAttempt = null;
        row.version = row.uncertainCount == 0 ? edition.version : row.version;
        if (skip(row)) {
            return 1;
        }
        rows.add(new ClaimedDelivery(
                row.key,
                row.version,
                row.provider,
                row.attempts,
                row.uncertainCount,
                InMemoryWorld.recipient(row.key)));
        return 0;
    }

    /** Settles a row whose person may not be mailed; a copy that may have arrived is never called skipped. */
    private boolean skip(DeliveryRow row) {
        DeliveryReason reason = world.erased.contains(row.key)
                ? DeliveryReason.ERASED
                : world.unsubscribed.contains(row.key)
                        ? DeliveryReason.UNSUBSCRIBED
                        : world.suppressed.contains(row.key) ? DeliveryReason.SUPPRESSED : null;
        if (reason == null) {
            return false;
        }
        row.become(row.uncertainCount > 0 ? DeliveryState.UNCERTAIN : DeliveryState.SKIPPED);
        row.reason = reason;
        row.owner = null;
        return true;
    }

    private static Instant nextDue(EditionRow edition, ClaimScope scope) {
        Instant next = null;
        for (DeliveryRow row : edition.rows.values()) {
            if (row.nextAttempt != null
                    && tryable(row)
                    && takes(edition, scope, row)
                    && (next == null || row.nextAttempt.isBefore(next))) {
                next = row.nextAttempt;
            }
        }
        return next;
    }

    @Override
    public List<StartAnswer> commit(List<Outcome> outcomes, List<Start> starts, Instant now) {
        for (Outcome outcome : outcomes) {
            DeliveryRow row = world.at(outcome.key());
            boolean held = owner.equals(row.owner)
                    && (row.state == DeliveryState.CLAIMED || row.state == DeliveryState.SENDING);
            if (held) {
                record(row, outcome);
                world.editions.get(row.key.edition()).count(row.provider, outcome);
            } else if (row.state == DeliveryState.UNCERTAIN
                    && (outcome.state() == DeliveryState.ACCEPTED || outcome.state() == DeliveryState.REJECTED)) {
                row.become(outcome.state());
                row.reason = outcome.reason();
                row.reply = outcome.said();
                row.nextAttempt = null;
                world.heard.add(row.key.seq() + " " + row.state.word());
            }
        }
        List<StartAnswer> answers = new ArrayList<>();
        for (Start start : starts) {
            answers.add(start(start));
        }
        return answers;
    }

    private void record(DeliveryRow row, Outcome outcome) {
        if (outcome.state() == DeliveryState.QUEUED) {
            row.attempts -= row.state == DeliveryState.SENDING ? 1 : 0;
        } else {
            row.attempts += row.state == DeliveryState.CLAIMED ? 1 : 0;
            row.reply = outcome.said();
            row.reason = outcome.reason();
        }
        row.become(outcome.state());
        row.owner = null;
        row.nextAttempt = outcome.nextAttempt();
        row.uncertainCount += outcome.lostAfterDot() ? 1 : 0;
        if (outcome.state() != DeliveryState.QUEUED) {
            world.heard.add(row.key.seq() + " " + row.state.word());
        }
    }

    private StartAnswer start(Start start) {
        DeliveryRow row = world.at(start.delivery().key());
        if (!leaseHolds()) {
            return StartAnswer.refused(start, StartAnswer.Refusal.LEASE);
        }
        if (row.state != DeliveryState.CLAIMED || !owner.equals(row.owner)) {
            return StartAnswer.refused(start, StartAnswer.Refusal.GONE);
        }
        if (!maySend(world.editions.get(row.key.edition()))) {
            return StartAnswer.refused(start, StartAnswer.Refusal.EDITION);
        }
        if (world.editions.get(row.key.edition()).paused.contains(row.provider)) {
            return StartAnswer.refused(start, StartAnswer.Refusal.PROVIDER);
        }
        if (skip(row)) {
            return StartAnswer.refused(start, StartAnswer.Refusal.RECIPIENT);
        }
        if (row.uncertainCount == 0 && row.version != world.editions.get(row.key.edition()).version) {
            return StartAnswer.refused(start, StartAnswer.Refusal.VERSION);
        }
        row.become(DeliveryState.SENDING);
        row.attempts++;
        return StartAnswer.granted(start);
    }

    @Override
    public void release(List<ClaimedDelivery> rows, Instant now) {
        for (ClaimedDelivery delivery : rows) {
            DeliveryRow row = world.at(delivery.key());
            if (row.state == DeliveryState.CLAIMED && owner.equals(row.owner)) {
                row.become(DeliveryState.QUEUED);
                row.owner = null;
                row.nextAttempt = now;
            }
        }
    }

    @Override
    public long expire(EditionId id, Instant now) {
        EditionRow edition = world.editions.get(id);
        if (now.isBefore(edition.edition.expiresAt()) || edition.state != EditionState.SENDING) {
            return 0;
        }
        long expired = 0;
        for (DeliveryRow row : edition.rows.values()) {
            if (!row.isFinal() && tryable(row)) {
                row.become(row.uncertainCount > 0 ? DeliveryState.UNCERTAIN : DeliveryState.EXPIRED);
                row.reason = DeliveryReason.TOO_LATE;
                row.nextAttempt = null;
                world.heard.add(row.key.seq() + " " + row.state.word());
                expired++;
            }
        }
        return expired;
    }

    @Override
    public Pace passCanary(EditionId id, Instant now) {
        EditionRow edition = world.editions.get(id);
        Pace pace = edition.pace;
        long open = 0;
        long answered = 0;
        for (DeliveryRow row : edition.rows.headMap(pace.canary(), true).values()) {
            boolean held = row.state == DeliveryState.CLAIMED || row.state == DeliveryState.SENDING;
            if (!edition.paused.contains(row.provider)) {
                open += held || row.state == DeliveryState.QUEUED && row.attempts == 0 ? 1 : 0;
                answered += !held && row.attempts > 0 ? 1 : 0;
            }
        }
        boolean waited = !edition.since.plus(LedgerWorld.CANARY.stragglers()).isAfter(now);
        if (pace.waitsForCanary() && edition.state == EditionState.SENDING && (open == 0 || waited && answered > 0)) {
            edition.pace = Pace.afterCanary(
                    edition.rows.size(),
                    pace.canary(),
                    edition.since,
                    edition.over,
                    now.plus(LedgerWorld.CANARY.check()));
        }
        return edition.pace;
    }

    @Override
    public FinishCheck finish(EditionId id, Instant now) {
        EditionRow edition = world.editions.get(id);
        if (edition.state != EditionState.SENDING) {
            return new FinishCheck.NotSending();
        }
        long queued = 0;
        long held = 0;
        long left = 0;
        for (DeliveryRow row : edition.rows.values()) {
            left += row.isFinal() ? 0 : 1;
            queued += fresh(row) && takes(edition, ClaimScope.ALL, row) ? 1 : 0;
            held += row.state == DeliveryState.CLAIMED || row.state == DeliveryState.SENDING ? 1 : 0;
        }
        if (left > 0) {
            return new FinishCheck.Unfinished(queued, held, nextDue(edition, ClaimScope.ALL));
        }
        edition.state = EditionState.FINISHED;
        world.heard.add("finished");
        return new FinishCheck.Finished();
    }

    @Override
    public void pause(EditionId id, PauseReason reason, Instant now) {
        EditionRow edition = world.editions.get(id);
        if (edition.state == EditionState.SENDING) {
            edition.state = EditionState.PAUSED;
            edition.reason = reason.line();
            world.heard.add("paused " + reason.kind());
        }
    }
}
