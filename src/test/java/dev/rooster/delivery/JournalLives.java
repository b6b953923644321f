package dev.rooster.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.mail.ReplyClassifier;
import dev.rooster.mail.SmtpCommand;
import dev.rooster.mail.SmtpReply;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * One seeded run: processes that send one edition through the journaled ledger over a real database, in any order of its steps, and die one
 * after another. A dying one leaves its database, and its journal cut at any byte behind the last answer. What must hold is checked at
 * each start of a body, after each recovery and at the end.
 */
final class JournalLives {
    private static final SmtpReply OK = new SmtpReply(250, "2.0.0", "Ok: queued as 4F2");
    private static final SmtpReply LATER = new SmtpReply(450, "4.2.0", "greylisted");
    private static final SmtpReply NOBODY = new SmtpReply(550, "5.1.1", "no such user");
    private static final int LIVES = 4;

    private final JdbiWorld world;
    private final Random random;
    private final UncertainPolicy policy;
    private final SendingEdition edition;
    private final List<Person> people = new ArrayList<>();
    private final List<ClaimedDelivery> held = new ArrayList<>();
    private final List<Flight> wire = new ArrayList<>();

    private Instant now = Instant.parse("2026-12-01T22:00:00Z");
    private Ledger ledger;
    private String owner;
    private long cursor;
    private boolean cancelled;
    private int births;
    private int deaths;

    /** What a test that saw everything knows of a row. */
    private static final class Person {
        /** Answers of which the sender was told that they are kept. */
        private boolean accepted;
        /** What it may be besides what it was, because of a commit whose answer never came. */
        private final Set<DeliveryState> perhaps = EnumSet.noneOf(DeliveryState.class);

        private boolean begun;
        /** Some copy of it may have arrived unseen. */
        private boolean lost;

        private int attempts;
        private DeliveryState last = DeliveryState.QUEUED;
    }

    /** A body on the wire. */
    private static final class Flight {
        private final ClaimedDelivery delivery;
        /** Its lease was lost meanwhile: the row is anybody's. */
        private boolean superseded;

        Flight(ClaimedDelivery delivery) {
            this.delivery = delivery;
        }
    }

    JournalLives(JdbiWorld world, long seed) {
        this.world = world;
        this.random = new Random(seed);
        this.policy = random.nextInt(4) == 0 ? UncertainPolicy.HOLD : UncertainPolicy.RESEND;
        this.edition = world.edition(3 + random.nextInt(10), now.plusSeconds(86_400 * 30L));
        for (int i = 0; i < edition.recipients(); i++) {
            people.add(new Person());
        }
    }

    int deaths() {
        return deaths;
    }

    private Person person(ClaimedDelivery delivery) {
        return people.get((int) delivery.key().seq() - 1);
    }

    void run() throws IOException {
        for (int life = 0; life < LIVES; life++) {
            beBorn();
            int steps = 5 + random.nextInt(40);
            for (int i = 0; i < steps; i++) {
                step();
            }
            if (random.nextInt(5) == 0) {
                leave();
            } else {
                die();
            }
        }
        beBorn();
        comeToTheEnd();
    }

    private void beBorn() {
        owner = "node" + ++births;
        ledger = world.ledger(owner);
        ledger.join(LedgerWorld.LEASE, policy, now);
        ledger.recover(true, policy, now);
        held.clear();
        cursor = 0;
        checkRecovered();
    }

    private void step() {
        now = now.plusMillis(random.nextInt(60));
        switch (random.nextInt(20)) {
            case 0, 1, 2, 3, 4 -> claim();
            case 5, 6, 7, 8, 9, 10, 11, 12 -> commit(true);
            case 13 -> ledger.tidy(now, false);
            case 14 -> ((JournaledLedger) ledger).settle(now);
            case 15 -> now = now.plusSeconds(random.nextInt(400));
            case 16 -> loseTheLease();
            case 17 -> pauseOrGoOn();
            case 18 -> resendOrLeaveTheNewsletter();
            default -> cancelSeldom();
        }
    }

    private void claim() {
        Claim claim = ledger.claim(edition.id(), cursor, 1 + random.nextInt(4), now);
        cursor = claim.cursor();
        held.addAll(claim.rows());
    }

    /** The durable step, of some answers and some starts. @param answered false: the process dies in it */
    private void commit(boolean answered) {
        List<Outcome> outcomes = new ArrayList<>();
        List<Flight> landed = new ArrayList<>();
        for (Flight flight : wire) {
            if (random.nextBoolean()) {
                landed.add(flight);
                outcomes.add(outcome(flight));
            }
        }
        List<Start> starts = new ArrayList<>();
        for (ClaimedDelivery row : held) {
            if (random.nextInt(3) > 0) {
                starts.add(new Start(row, "relay"));
            }
        }
        List<DeliveryState> before =
                outcomes.stream().map(one -> stored(one.delivery())).toList();
        List<StartAnswer> answers = ledger.commit(outcomes, starts, now);
        if (!answered) {
            for (Outcome outcome : outcomes) {
                person(outcome.delivery()).perhaps.add(outcome.state());
            }
            for (StartAnswer answer : answers) {
                if (answer.refusal().isEmpty()) {
                    Person person = person(answer.start().delivery());
                    person.perhaps.add(DeliveryState.UNCERTAIN);
                    person.lost = true;
                    person.begun = true;
                }
            }
            return;
        }
        wire.removeAll(landed);
        for (int i = 0; i < outcomes.size(); i++) {
            learn(outcomes.get(i), before.get(i), landed.get(i).superseded);
        }
        starts.forEach(start -> held.remove(start.delivery()));
        for (StartAnswer answer : answers) {
            begin(answer);
        }
    }

    private Outcome outcome(Flight flight) {
        ClaimedDelivery row = flight.delivery;
        return switch (flight.superseded ? 0 : random.nextInt(10)) {
            case 6 ->
                Outcome.deferred(
                        row,
                        "relay",
                        LATER,
                        ReplyClassifier.classify(LATER, SmtpCommand.BODY),
                        now.plusSeconds(random.nextInt(300)));
            case 7 ->
                Outcome.rejected(
                        row,
                        "relay",
                        NOBODY,
                        ReplyClassifier.classify(NOBODY, SmtpCommand.BODY),
                        DeliveryReason.ADDRESS);
            case 8 -> Outcome.returned(row, now);
            case 9 -> Outcome.uncertain(row, "relay", "lost", row.uncertainCount() == 0 ? now : null);
            default -> Outcome.accepted(row, "relay", OK, ReplyClassifier.classify(OK, SmtpCommand.BODY));
        };
    }

    private void learn(Outcome outcome, DeliveryState before, boolean superseded) {
        Person person = person(outcome.delivery());
        boolean over = superseded
                && EnumSet.of(
                                DeliveryState.REJECTED,
                                DeliveryState.SKIPPED,
                                DeliveryState.QUEUED,
                                DeliveryState.DEFERRED)
                        .contains(before);
        switch (outcome.state()) {
            case ACCEPTED -> {
                person.accepted |= !over;
                if (over) {
                    person.perhaps.add(DeliveryState.ACCEPTED);
                }
            }
            case UNCERTAIN -> person.lost = true;
            case QUEUED -> person.attempts--;
            default -> {}
        }
        person.last = outcome.state();
    }

    private void begin(StartAnswer answer) {
        ClaimedDelivery row = answer.start().delivery();
        Person person = person(row);
        if (answer.refusal().isEmpty()) {
            assertThat(person.accepted)
                    .as("%s begins and was accepted", row.key())
                    .isFalse();
            assertThat(wire.stream().anyMatch(flight -> flight.delivery.key().equals(row.key()) && !flight.superseded))
                    .as("%s begins and is on the wire", row.key())
                    .isFalse();
            person.begun = true;
            person.attempts++;
            wire.add(new Flight(row));
            return;
        }
        switch (answer.refusal().get()) {
            case RECIPIENT, GONE -> {}
            case EDITION, PROVIDER, VERSION -> ledger.release(List.of(row), now);
            case LEASE -> throw new IllegalStateException("the lease was not lost");
        }
    }

    private DeliveryState stored(ClaimedDelivery delivery) {
        return world.stored(edition.id(), delivery.key().seq());
    }

    private void loseTheLease() {
        world.leaseRunsOut(owner);
        assertThat(ledger.renew(LedgerWorld.LEASE)).isFalse();
        ledger.join(LedgerWorld.LEASE, policy, now);
        held.clear();
        cursor = 0;
        for (Flight flight : wire) {
            flight.superseded = true;
            person(flight.delivery).lost = true;
        }
    }

    private void pauseOrGoOn() {
        if (!cancelled) {
            boolean paused = world.state(edition.id()) == EditionState.PAUSED;
            world.setState(edition.id(), paused ? EditionState.SENDING : EditionState.PAUSED);
        }
    }

    private void resendOrLeaveTheNewsletter() {
        if (random.nextInt(4) == 0) {
            world.unsubscribe(edition.id(), 1 + random.nextInt(people.size()));
        } else if (!cancelled) {
            world.setState(edition.id(), EditionState.PAUSED);
            for (long seq : world.resend(edition.id(), DeliveryState.REJECTED, now)) {
                Person person = people.get((int) seq - 1);
                person.attempts = 0;
                person.last = DeliveryState.QUEUED;
            }
            world.setState(edition.id(), EditionState.SENDING);
        }
    }

    private void cancelSeldom() {
        if (!cancelled && random.nextInt(8) == 0) {
            cancelled = true;
            world.setState(edition.id(), EditionState.CANCELLED);
            ((JournaledLedger) ledger).settle(now);
            world.closeCancelled(edition.id(), now);
        }
    }

    // --- the end of a life ---

    private void leave() {
        ledger.leave();
        assertThat(world.journal(owner)).doesNotExist();
        world.dies(ledger);
        wire.forEach(flight -> person(flight.delivery).lost = true);
    }

    private void die() throws IOException {
        Path journal = world.journal(owner);
        if (random.nextBoolean()) {
            long before = Files.exists(journal) ? Files.size(journal) : 0;
            commit(false);
            if (before > 0) {
                cut(journal, before);
            }
        }
        world.dies(ledger);
        deaths += Files.exists(journal) ? 1 : 0;
        wire.forEach(flight -> person(flight.delivery).lost = true);
        if (Files.exists(journal) && random.nextInt(3) == 0) {
            byte[] left = Files.readAllBytes(journal);
            JournaledLedger.takeOver(world.database, journal);
            Files.write(journal, left); // died before it was removed
        }
        JournaledLedger.takeOver(world.database, journal);
        assertThat(journal).doesNotExist();
    }

    private void cut(Path journal, long answeredFor) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(journal.toFile(), "rw")) {
            if (file.length() > answeredFor) {
                file.setLength(answeredFor + random.nextLong(file.length() - answeredFor + 1));
            }
        }
    }

    // --- what must hold ---

    private void checkRecovered() {
        for (Person person : people) {
            long seq = people.indexOf(person) + 1L;
            LedgerWorld.Row row = world.row(edition.id(), seq);
            String what = "row " + seq + " " + row + ", last " + person.last + ", perhaps " + person.perhaps;
            boolean flew =
                    wire.stream().anyMatch(flight -> flight.delivery.key().seq() == seq);
            assertThat(row.state()).as(what).isNotIn(DeliveryState.CLAIMED, DeliveryState.SENDING);
            assertThat(row.owner()).as(what).isNull();
            if (person.accepted) {
                assertThat(row.state()).as(what).isEqualTo(DeliveryState.ACCEPTED);
            } else if (flew && person.perhaps.isEmpty()) {
                assertThat(row.uncertainCount()).as(what).isPositive();
            } else if (row.state() == DeliveryState.ACCEPTED) {
                assertThat(person.perhaps).as(what).contains(DeliveryState.ACCEPTED);
            }
            if (!person.begun) {
                assertThat(row.state()).as(what).isIn(DeliveryState.QUEUED, DeliveryState.SKIPPED);
                assertThat(row.attempts()).as(what).isZero();
            }
            if (!person.lost) {
                assertThat(row.uncertainCount()).as(what).isZero();
                if (person.perhaps.isEmpty()) {
                    assertThat(row.attempts()).as(what).isEqualTo(person.attempts);
                }
            }
            if (!person.accepted && !flew && person.perhaps.isEmpty() && person.last == DeliveryState.REJECTED) {
                assertThat(row.state()).as(what).isEqualTo(DeliveryState.REJECTED);
            }
            person.accepted = row.state() == DeliveryState.ACCEPTED;
            person.attempts = row.attempts();
            person.last = row.state();
            person.perhaps.clear();
        }
        wire.clear();
    }

    private void comeToTheEnd() {
        for (int i = 0; i < 50 && !cancelled; i++) {
            now = now.plusSeconds(600);
            world.setState(edition.id(), EditionState.SENDING);
            Claim claim = ledger.claim(edition.id(), 0, 50, now);
            List<Start> starts =
                    claim.rows().stream().map(row -> new Start(row, "relay")).toList();
            ledger.commit(List.of(), starts, now).forEach(this::begin);
            List<Outcome> outcomes = wire.stream()
                    .map(flight -> Outcome.accepted(
                            flight.delivery, "relay", OK, ReplyClassifier.classify(OK, SmtpCommand.BODY)))
                    .toList();
            wire.clear();
            ledger.commit(outcomes, List.of(), now);
            if (ledger.finish(edition.id(), now) instanceof FinishCheck.Finished) {
                break;
            }
        }
        if (cancelled) {
            world.closeCancelled(edition.id(), now);
        } else {
            assertThat(world.state(edition.id())).isEqualTo(EditionState.FINISHED);
        }
        for (int seq = 1; seq <= people.size(); seq++) {
            LedgerWorld.Row row = world.row(edition.id(), seq);
            assertThat(row.state().isFinal(row.nextAttempt() != null))
                    .as("row %d %s", seq, row)
                    .isTrue();
            if (people.get(seq - 1).accepted) {
                assertThat(row.state()).isEqualTo(DeliveryState.ACCEPTED);
            }
        }
    }
}
