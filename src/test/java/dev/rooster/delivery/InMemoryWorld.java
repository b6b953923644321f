package dev.rooster.delivery;

import dev.rooster.mail.EmailAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The database of {@link InMemoryLedger}: what several nodes share. */
final class InMemoryWorld implements LedgerWorld {
    private static final StopRules RULES = new StopRules(StopSettings.defaults());

    /** An edition's row. */
    static final class EditionRow {
        SendingEdition edition;
        EditionState state = EditionState.SENDING;
        int version = 1;
        long epoch;
        String reason;
        final TreeMap<Long, DeliveryRow> rows = new TreeMap<>();
        final Set<String> paused = new HashSet<>();
        Duration over;
        Pace pace;
        Instant since;
        final Map<String, JdbiEditionProviders.Delta> tallies = new TreeMap<>();

        /** Counts an outcome for the stop rules, and does what they say. */
        void count(String provider, Outcome outcome) {
            JdbiEditionProviders.Delta delta = CountOutcomes.delta(outcome);
            if (delta == null) {
                return;
            }
            tallies.merge(provider, delta, JdbiEditionProviders.Delta::plus);
            if (delta.bad() && state == EditionState.SENDING) {
                RULES.judge(tallies()).forEach(stop -> {
                    if (stop instanceof Stop.OfProvider one) {
                        paused.add(one.provider());
                    } else {
                        state = EditionState.PAUSED;
                        reason = stop.reason().line();
                    }
                });
            }
        }

        private List<ProviderTally> tallies() {
            Map<String, Long> recipients = new TreeMap<>();
            rows.values().forEach(row -> recipients.merge(row.provider, 1L, Long::sum));
            List<ProviderTally> all = new ArrayList<>();
            recipients.forEach((provider, count) -> {
                var tally = tallies.getOrDefault(provider, new JdbiEditionProviders.Delta(0, 0, 0, 0, null));
                all.add(new ProviderTally(
                        provider,
                        count,
                        tally.answered(),
                        tally.hard(),
                        tally.faults(),
                        tally.complaints(),
                        tally.words(),
                        paused.contains(provider) ? Instant.EPOCH : null,
                        null));
            });
            return all;
        }

        /** Somebody lets everything go on. */
        void resume() {
            state = state == EditionState.PAUSED ? EditionState.SENDING : state;
            paused.clear();
            tallies.clear();
        }

        /** As the dispatcher is told of it. */
        SendingEdition toSend() {
            Map<String, Boolean> providers = new TreeMap<>();
            rows.values().forEach(row -> providers.put(row.provider, paused.contains(row.provider)));
            return new SendingEdition(
                    edition.id(),
                    edition.newsletter(),
                    edition.publicId(),
                    edition.recipients(),
                    pace,
                    edition.expiresAt(),
                    providers);
        }
    }

    /** A delivery's row. */
    static final class DeliveryRow {
        final DeliveryKey key;
        DeliveryState state = DeliveryState.QUEUED;
        DeliveryReason reason;
        String provider = "other";
        String owner;
        int version = 1;
        int attempts;
        int resends;
        int uncertainCount;
        Instant nextAttempt;
        String reply;

        DeliveryRow(DeliveryKey key) {
            this.key = key;
        }

        void become(DeliveryState next) {
            if (state != next && !state.mayBecome(next)) {
                throw new IllegalStateException(key + ": " + state + " may not become " + next);
            }
            state = next;
        }

        boolean isFinal() {
            return state.isFinal(nextAttempt != null);
        }
    }

    final InstantSource clock;
    final Map<EditionId, EditionRow> editions = new LinkedHashMap<>();
    final Map<String, Instant> leases = new HashMap<>();
    final Set<DeliveryKey> unsubscribed = new HashSet<>();
    final Set<DeliveryKey> suppressed = new HashSet<>();
    final Set<DeliveryKey> erased = new HashSet<>();
    final List<String> heard = new ArrayList<>();
    long epoch = 1;
    boolean held;

    InMemoryWorld(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Ledger ledger(String owner) {
        return new InMemoryLedger(this, owner);
    }

    @Override
    public SendingEdition edition(int recipients, Instant expiresAt) {
        return edition(recipients, expiresAt, Duration.ZERO);
    }

    SendingEdition edition(int recipients, Instant expiresAt, Duration pace) {
        EditionId id = new EditionId(editions.size() + 1L);
        EditionRow row = new EditionRow();
        row.over = pace;
        row.pace = pace.isZero() ? Pace.NONE : new Pace(recipients, CANARY.size(recipients), null, null);
        row.since = clock.instant();
        row.edition = new SendingEdition(id, NEWSLETTER, 1000 + id.value(), recipients, row.pace, expiresAt, Map.of());
        row.epoch = epoch;
        for (long seq = 1; seq <= recipients; seq++) {
            row.rows.put(seq, new DeliveryRow(new DeliveryKey(id, seq)));
        }
        editions.put(id, row);
        return row.edition;
    }

    static Recipient recipient(DeliveryKey key) {
        return new Recipient(
                key.seq(),
                key.seq() * 7919,
                EmailAddress.of("reader" + key.seq() + "@example.com"),
                "hash" + key.seq(),
                null,
                null,
                "{}");
    }

    DeliveryRow at(DeliveryKey key) {
        return editions.get(key.edition()).rows.get(key.seq());
    }

    @Override
    public void pace(EditionId edition, Duration pace, Instant readyAt) {
        EditionRow row = editions.get(edition);
        row.over = pace;
        row.since = readyAt;
        row.pace = new Pace(row.rows.size(), CANARY.size(row.rows.size()), null, null);
    }

    @Override
    public void unsubscribe(EditionId edition, long seq) {
        unsubscribed.add(new DeliveryKey(edition, seq));
    }

    @Override
    public void suppress(EditionId edition, long seq) {
        suppressed.add(new DeliveryKey(edition, seq));
    }

    @Override
    public void erase(EditionId edition, long seq) {
        erased.add(new DeliveryKey(edition, seq));
    }

    @Override
    public void setState(EditionId edition, EditionState state) {
        editions.get(edition).state = state;
    }

    /** What ResendRows does: rows in these states are queued again, unless their people may not be mailed. */
    void resend(EditionId id, Set<DeliveryState> states, Duration more) {
        EditionRow edition = editions.get(id);
        SendingEdition was = edition.edition;
        boolean any = false;
        for (DeliveryRow row : edition.rows.values()) {
            boolean mailable =
                    !unsubscribed.contains(row.key) && !suppressed.contains(row.key) && !erased.contains(row.key);
            if (mailable && row.isFinal() && states.contains(row.state)) {
                row.become(DeliveryState.QUEUED);
                row.nextAttempt = clock.instant();
                row.attempts = 0;
                row.resends++;
                any = true;
            }
        }
        if (any) {
            edition.state = EditionState.SENDING;
            edition.epoch = epoch;
            edition.edition = new SendingEdition(
                    id,
                    was.newsletter(),
                    was.publicId(),
                    was.recipients(),
                    was.pace(),
                    was.expiresAt().plus(more),
                    was.providers());
        }
    }

    @Override
    public void provider(EditionId edition, long seq, String provider) {
        at(new DeliveryKey(edition, seq)).provider = provider;
    }

    @Override
    public void amend(EditionId edition) {
        editions.get(edition).version++;
    }

    @Override
    public void pause(EditionId edition, String provider, boolean paused) {
        if (paused) {
            editions.get(edition).paused.add(provider);
        } else {
            editions.get(edition).paused.remove(provider);
        }
    }

    @Override
    public void hold(boolean hold) {
        held = hold;
    }

    @Override
    public void renewEpoch() {
        epoch++;
    }

    @Override
    public void takeOver(EditionId edition) {
        editions.get(edition).epoch = epoch;
    }

    @Override
    public void expireLease(String owner) {
        leases.put(owner, clock.instant());
    }

    @Override
    public Row row(EditionId edition, long seq) {
        DeliveryRow row = at(new DeliveryKey(edition, seq));
        return new Row(
                row.state,
                row.reason,
                row.owner,
                row.attempts,
                row.uncertainCount,
                row.nextAttempt,
                row.reply,
                row.version);
    }

    @Override
    public EditionState state(EditionId edition) {
        return editions.get(edition).state;
    }

    @Override
    public List<String> heard() {
        return heard;
    }

    @Override
    public void close() {}
}
