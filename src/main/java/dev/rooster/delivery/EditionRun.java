package dev.rooster.delivery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ObjIntConsumer;
import java.util.function.ToIntFunction;

/**
 * One edition as the dispatcher sees it: the rows this node holds of it, a lane for each mailbox provider, and where its claims
 * stand. A lane that has to wait is passed by; when it fills up it is set aside, and gets claims of its own.
 */
final class EditionRun {
    final SendingEdition edition;
    final Carriers carriers;
    /** Nothing of it leaves before; null: nothing speaks against it. */
    Instant silentUntil;

    /** Rows on connections, or in outcomes that are not yet durable. */
    int outside;

    boolean checking;
    final FaultsInRow faults = new FaultsInRow();
    private final Map<String, Lane> lanes = new LinkedHashMap<>();
    /** The first one is that of all providers that are not set aside. */
    private final List<ClaimRun> claims = new ArrayList<>();

    private final Set<String> paused = new HashSet<>();
    private Pace pace;
    private boolean askingCanary;
    private Instant canaryLook;
    private long orderLast;
    private long orderFirst;

    EditionRun(SendingEdition edition, List<RelayShare> relays, Instant now) {
        this.edition = edition;
        this.carriers = new Carriers(relays);
        this.pace = edition.pace();
        this.canaryLook = now;
        claims.add(new ClaimRun(null, 0, true, now));
        edition.providers().forEach((provider, pausedNow) -> {
            if (pausedNow) {
                paused.add(provider);
            }
        });
    }

    private ClaimRun main() {
        return claims.get(0);
    }

    List<ClaimRun> claims() {
        return claims;
    }

    private Lane lane(String provider) {
        return lanes.computeIfAbsent(provider, name -> new Lane(name, main()));
    }

    // --- rows at hand ---

    /** Rows of a claim. One of an earlier opening of this edition brings its rows, but says nothing about where ours stand. */
    void took(ClaimScope scope, Claim claim, Instant now) {
        for (ClaimRun run : claims) {
            if (Objects.equals(run.only, scope.only())) {
                run.taking = false;
                if (run.scope().equals(scope)) {
                    run.took(claim, now);
                }
            }
        }
        for (ClaimedDelivery row : claim.rows()) {
            lane(row.provider()).addLast(row, ++orderLast);
        }
    }

    void claimFailed(ClaimScope scope) {
        for (ClaimRun run : claims) {
            if (Objects.equals(run.only, scope.only())) {
                run.taking = false;
            }
        }
    }

    /** A row of which nothing has left: it comes before all others. False: its provider is paused, give it back. */
    boolean putBack(ClaimedDelivery row) {
        if (paused.contains(row.provider())) {
            return false;
        }
        lane(row.provider()).addFirst(row, --orderFirst);
        return true;
    }

    /**
     * The next row that may be offered now, or null: the one that came first among the lanes that may go.
     *
     * @param room how many messages a provider may get at this moment
     */
    ClaimedDelivery next(Instant now, ToIntFunction<String> room) {
        Lane best = null;
        long first = Long.MAX_VALUE;
        for (Lane lane : lanes.values()) {
            long order = lane.first(released(lane, now));
            if (order < first && room.applyAsInt(lane.provider) > 0) {
                best = lane;
                first = order;
            }
        }
        if (best == null) {
            return null;
        }
        return best.poll(released(best, now));
    }

    /** How many rows could be offered now, as far as their own providers go. @param room as for {@link #next} */
    int ready(Instant now, ToIntFunction<String> room) {
        int[] rows = new int[1];
        forEachWaiting(now, (provider, its) -> rows[0] += Math.min(its, room.applyAsInt(provider)));
        return rows[0];
    }

    /** Tells the rows at hand that the pace does not keep, by provider. */
    void forEachWaiting(Instant now, ObjIntConsumer<String> consumer) {
        for (Lane lane : lanes.values()) {
            int its = lane.ready(seq -> pace.releases(seq, now));
            if (its > 0) {
                consumer.accept(lane.provider, its);
            }
        }
    }

    /** When the pace lets the next first try go; null: it is no reason to wait, or the canary is what is waited for. */
    Instant paceAt(Instant now) {
        Instant next = null;
        for (Lane lane : lanes.values()) {
            Instant release = lane.hasFresh() ? pace.releaseOf(lane.firstFresh()) : null;
            if (release != null && release.isAfter(now) && (next == null || release.isBefore(next))) {
                next = release;
            }
        }
        return next;
    }

    private boolean released(Lane lane, Instant now) {
        return lane.hasFresh() && pace.releases(lane.firstFresh(), now);
    }

    // --- the canary ---

    /** True when the ledger is to be asked whether the canary has passed. */
    boolean asksForCanary(Instant now) {
        return pace.waitsForCanary() && !askingCanary && !canaryLook.isAfter(now);
    }

    void askingForCanary() {
        askingCanary = true;
    }

    /** The ledger's answer; null: it could not say. */
    void paced(Pace answer, Instant askAgain) {
        askingCanary = false;
        canaryLook = askAgain;
        pace = answer == null ? pace : answer;
    }

    /** When it is asked next; null: no more. */
    Instant canaryLook() {
        return pace.waitsForCanary() && !askingCanary ? canaryLook : null;
    }

    /** True while rows at hand wait for the canary or the pace. */
    boolean waitsForPace(Instant now) {
        return lanes.values().stream().anyMatch(lane -> lane.hasFresh() && !released(lane, now));
    }

    int rowsAtHand() {
        int rows = 0;
        for (Lane lane : lanes.values()) {
            rows += lane.size();
        }
        return rows;
    }

    int rowsAtHand(String provider) {
        Lane lane = lanes.get(provider);
        return lane == null ? 0 : lane.size();
    }

    /** All rows at hand, which are no longer. */
    List<ClaimedDelivery> drain() {
        List<ClaimedDelivery> all = new ArrayList<>();
        lanes.values().forEach(lane -> all.addAll(lane.drain()));
        return all;
    }

    // --- providers that stop rules have paused: the ledger gives out none of their rows ---

    /** What providers may get now. Answers rows at hand that are to be given back; a resumed provider's are looked for. */
    List<ClaimedDelivery> providers(Map<String, Boolean> now, Instant at) {
        List<ClaimedDelivery> givenUp = new ArrayList<>();
        now.forEach((provider, pausedNow) -> {
            if (pausedNow && !paused.contains(provider)) {
                givenUp.addAll(pause(provider));
            } else if (!pausedNow && paused.remove(provider)) {
                restart(at);
            }
        });
        return givenUp;
    }

    /** Nothing more for this provider. Answers the rows at hand that are to be given back. */
    List<ClaimedDelivery> pause(String provider) {
        paused.add(provider);
        faults.forget(provider);
        return lane(provider).drain();
    }

    /** Rows that a claim brought although their provider was paused meanwhile. */
    List<ClaimedDelivery> drainPaused() {
        List<ClaimedDelivery> all = new ArrayList<>();
        paused.forEach(provider -> all.addAll(lane(provider).drain()));
        return all;
    }

    boolean paused(ClaimedDelivery row) {
        return paused.contains(row.provider());
    }

    boolean anyPaused() {
        return !paused.isEmpty();
    }

    // --- claims ---

    void look(Instant at) {
        claims.forEach(run -> run.look(at));
    }

    void look(String provider, Instant at) {
        lane(provider).claims.look(at);
    }

    /** When something is to be looked for next; null: nothing is known. */
    Instant nextLook() {
        Instant next = null;
        for (ClaimRun run : claims) {
            if (run.nextLook != null && (next == null || run.nextLook.isBefore(next))) {
                next = run.nextLook;
            }
        }
        return next;
    }

    boolean freshLeft() {
        return claims.stream().anyMatch(run -> run.freshLeft);
    }

    boolean taking() {
        return claims.stream().anyMatch(run -> run.taking);
    }

    /** Begins the walk through the edition anew. */
    void restart(Instant now) {
        claims.forEach(run -> run.restart(now));
    }

    /** The edition's time is over: no more first tries; one look at what is left. */
    void over(Instant now) {
        claims.forEach(run -> {
            run.freshLeft = false;
            run.nextLook = null;
        });
        main().nextLook = now;
    }

    void lookedAll() {
        claims.forEach(run -> run.nextLook = null);
    }

    /**
     * How many rows a claim may bring now; 0: none are wanted. Lanes that wait don't count: the main claims leave them alone as
     * soon as one holds a quarter of a batch.
     *
     * @param room as for {@link #next}
     */
    int wanted(ClaimRun run, Instant now, int batch, ToIntFunction<String> room) {
        if (checking || !run.mayTake(now)) {
            return 0;
        }
        int quarter = Math.max(1, batch / 4);
        if (run.only != null) {
            Lane lane = lane(run.only);
            return lane.size() > quarter / 2 ? 0 : quarter;
        }
        int flowing = 0;
        for (Lane lane : List.copyOf(lanes.values())) {
            if (lane.claims == run) {
                int mayGo = Math.min(lane.size(), room.applyAsInt(lane.provider));
                flowing += mayGo;
                if (mayGo < lane.size() && lane.size() >= quarter) {
                    setAside(lane, run, now);
                }
            }
        }
        return flowing > batch / 2 ? 0 : batch;
    }

    private void setAside(Lane lane, ClaimRun main, Instant now) {
        main.setAside(lane.provider);
        lane.claims = new ClaimRun(lane.provider, main.cursor, main.freshLeft, now);
        claims.add(lane.claims);
    }

    /** A row that was outside is durable, or back. Rows of an earlier opening of this edition may still come in. */
    void came() {
        outside = Math.max(0, outside - 1);
    }

    /** True when this node holds nothing of it and waits for no answer about it. */
    boolean quiet() {
        return outside == 0 && !checking && !taking() && rowsAtHand() == 0;
    }

    /** True when nothing is left to do but to ask the ledger whether this edition is finished. */
    boolean seemsFinished() {
        return quiet() && claims.stream().allMatch(ClaimRun::exhausted);
    }
}
