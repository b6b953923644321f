package dev.rooster.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rooster.fixtures.Databases;
import dev.rooster.mail.ReplyClassifier;
import dev.rooster.mail.SmtpCommand;
import dev.rooster.mail.SmtpReply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract, and what a process that dies leaves. */
class JournaledLedgerTest extends LedgerContract {
    private static final Instant NOW = Instant.parse("2026-12-01T22:00:00Z");
    private static final SmtpReply OK = new SmtpReply(250, "2.0.0", "Ok: queued as 4F2");
    private static final SmtpReply LATER = new SmtpReply(450, "4.2.0", "greylisted");
    private static JdbiWorld world;

    @BeforeAll
    static void openDatabase() {
        world = new JdbiWorld(Databases.Kind.H2, true);
    }

    @AfterAll
    static void closeDatabase() {
        world.shutDown();
    }

    @Override
    LedgerWorld open() {
        return world.cleared();
    }

    private static Outcome accepted(ClaimedDelivery row) {
        return Outcome.accepted(row, "relay", OK, ReplyClassifier.classify(OK, SmtpCommand.BODY));
    }

    private static Outcome deferred(ClaimedDelivery row) {
        return Outcome.deferred(
                row, "relay", LATER, ReplyClassifier.classify(LATER, SmtpCommand.RCPT), NOW.plusSeconds(300));
    }

    private static Start start(ClaimedDelivery row) {
        return new Start(row, "relay");
    }

    private Ledger joined(String owner) {
        Ledger ledger = world.ledger(owner);
        ledger.join(LedgerWorld.LEASE, UncertainPolicy.RESEND, NOW);
        return ledger;
    }

    /** Held, and their bodies may be leaving. */
    private static List<ClaimedDelivery> begun(Ledger ledger, SendingEdition edition, int recipients) {
        List<ClaimedDelivery> rows =
                ledger.claim(edition.id(), 0, recipients, NOW).rows();
        ledger.commit(List.of(), rows.stream().map(JournaledLedgerTest::start).toList(), NOW);
        return rows;
    }

    private static DeliveryState stored(SendingEdition edition, long seq) {
        return world.stored(edition.id(), seq);
    }

    private static void execute(String sql) {
        world.database.jdbi().useHandle(handle -> handle.execute(sql));
    }

    private static long number(String sql) {
        return world.database
                .jdbi()
                .withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }

    /** What the next process does before it uses the database, and then. */
    private static void restart(String dead) throws IOException {
        JournaledLedger.takeOver(world.database, world.journal(dead));
        assertThat(world.journal(dead)).doesNotExist();
        Ledger next = world.ledger("next");
        next.join(LedgerWorld.LEASE, UncertainPolicy.RESEND, NOW);
        next.recover(true, UncertainPolicy.RESEND, NOW);
    }

    @Test
    void theDatabaseFollowsASecondLater() {
        SendingEdition edition = world.edition(2);
        Ledger ledger = joined("x");
        List<ClaimedDelivery> rows = begun(ledger, edition, 2);
        ledger.commit(List.of(accepted(rows.get(0))), List.of(), NOW);
        assertThat(stored(edition, 1)).isEqualTo(DeliveryState.CLAIMED);
        ledger.tidy(NOW.plusMillis(99), false);
        assertThat(stored(edition, 1)).isEqualTo(DeliveryState.CLAIMED);
        ledger.tidy(NOW.plusMillis(100), false);
        assertThat(stored(edition, 1)).isEqualTo(DeliveryState.ACCEPTED);
        assertThat(stored(edition, 2)).as("on the wire").isEqualTo(DeliveryState.CLAIMED);
        assertThat(world.row(edition.id(), 2).state())
                .as("for one who has to know")
                .isEqualTo(DeliveryState.SENDING);
    }

    @Test
    void whereNothingMoreComesTheDatabaseFollowsAtOnceWhateverTheClockSays() {
        SendingEdition edition = world.edition(1);
        Ledger ledger = joined("idle");
        ClaimedDelivery row = begun(ledger, edition, 1).get(0);
        ledger.commit(List.of(accepted(row)), List.of(), NOW);
        ledger.tidy(NOW, true);
        assertThat(stored(edition, 1)).isEqualTo(DeliveryState.ACCEPTED);
    }

    @Test
    void whoeverDiesAnywhereForgetsNothingThatWasAnswered() throws IOException {
        SendingEdition edition = world.edition(4);
        Ledger dying = joined("dying");
        world.dies(dying);
        List<ClaimedDelivery> rows = dying.claim(edition.id(), 0, 4, NOW).rows();
        Path file = world.journal("dying");
        dying.commit(List.of(), List.of(start(rows.get(0)), start(rows.get(1))), NOW);
        long begunAt = Files.size(file);
        dying.commit(List.of(accepted(rows.get(0))), List.of(start(rows.get(2))), NOW.plusSeconds(1));
        byte[] whole = Files.readAllBytes(file);
        for (int length = (int) begunAt; length <= whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            world.database.jdbi().useHandle(handle -> {
                handle.execute("update delivery set state = 'claimed', lease_owner = 'dying', attempts = 0,"
                        + " uncertain_count = 0, next_attempt_at = null where edition_id = "
                        + edition.id().value());
                handle.execute(
                        "merge into sending_node (owner, started_at, lease_until) values ('dying', now(), now())");
            });
            restart("dying");
            boolean answered = length == whole.length;
            assertThat(stored(edition, 1))
                    .as("cut at %d", length)
                    .isIn(DeliveryState.ACCEPTED, answered ? DeliveryState.ACCEPTED : DeliveryState.UNCERTAIN);
            assertThat(stored(edition, 2)).isEqualTo(DeliveryState.UNCERTAIN);
            assertThat(stored(edition, 3))
                    .as("cut at %d", length)
                    .isEqualTo(answered ? DeliveryState.UNCERTAIN : DeliveryState.QUEUED);
            assertThat(stored(edition, 4)).as("was only held").isEqualTo(DeliveryState.QUEUED);
        }
        assertThat(world.row(edition.id(), 1).attempts()).isEqualTo(1);
        assertThat(world.row(edition.id(), 1).reply()).isEqualTo("250 2.0.0 Ok: queued as 4F2");
        assertThat(world.row(edition.id(), 2).attempts()).isEqualTo(1);
        assertThat(world.row(edition.id(), 2).uncertainCount()).isEqualTo(1);
    }

    @Test
    void takingOverTwiceIsTakingOverOnce() throws IOException {
        SendingEdition edition = world.edition(2);
        Ledger dying = joined("twice");
        world.dies(dying);
        List<ClaimedDelivery> rows = begun(dying, edition, 2);
        dying.commit(List.of(accepted(rows.get(0))), List.of(), NOW);
        byte[] journal = Files.readAllBytes(world.journal("twice"));
        assertThat(JournaledLedger.takeOver(world.database, world.journal("twice")))
                .isEqualTo(2);
        Files.write(world.journal("twice"), journal);
        assertThat(JournaledLedger.takeOver(world.database, world.journal("twice")))
                .isZero();
        assertThat(stored(edition, 1)).isEqualTo(DeliveryState.ACCEPTED);
        assertThat(stored(edition, 2)).isEqualTo(DeliveryState.SENDING);
    }

    @Test
    void whatIsInTheDatabaseAlreadyIsNotTakenOverAgainAfterAnOperatorSentItAnew() throws IOException {
        SendingEdition edition = world.edition(1);
        Ledger dying = joined("again");
        world.dies(dying);
        ClaimedDelivery row = begun(dying, edition, 1).get(0);
        dying.commit(List.of(accepted(row)), List.of(), NOW);
        dying.tidy(NOW.plusSeconds(1), false);
        // as "issue resend" leaves a row
        world.database
                .jdbi()
                .useHandle(
                        handle -> handle.execute("update delivery set state = 'queued', attempts = 0, reply = null"));
        restart("again");
        assertThat(stored(edition, 1)).isEqualTo(DeliveryState.QUEUED);
    }

    @Test
    void aRefusalIsInTheDatabaseAtOnceAndItsNextTryIsOneOfItsOwn() throws IOException {
        SendingEdition edition = world.edition(1);
        Ledger dying = joined("refused");
        world.dies(dying);
        ClaimedDelivery first = begun(dying, edition, 1).get(0);
        dying.commit(List.of(deferred(first)), List.of(), NOW);
        assertThat(stored(edition, 1)).isEqualTo(DeliveryState.DEFERRED);
        ClaimedDelivery second =
                dying.claim(edition.id(), 1, 1, NOW.plusSeconds(300)).rows().get(0);
        assertThat(second.attempts()).isEqualTo(1);
        restart("refused");
        assertThat(stored(edition, 1)).as("held, not begun").isEqualTo(DeliveryState.QUEUED);
    }

    /** What a loss of power leaves: the journal of the last moment, a database that forgot some commits of before. */
    @Test
    void aDatabaseThatForgotClaimsAndOlderTriesLearnsThemFromTheJournal() throws IOException {
        SendingEdition edition = world.edition(3);
        Ledger dying = joined("power");
        world.dies(dying);
        List<ClaimedDelivery> rows = dying.claim(edition.id(), 0, 3, NOW).rows();
        dying.commit(List.of(), List.of(start(rows.get(0)), start(rows.get(1)), start(rows.get(2))), NOW);
        dying.commit(List.of(accepted(rows.get(0)), deferred(rows.get(2))), List.of(), NOW);
        ClaimedDelivery again =
                dying.claim(edition.id(), 3, 1, NOW.plusSeconds(300)).rows().get(0);
        dying.commit(List.of(), List.of(start(again)), NOW.plusSeconds(300));
        dying.commit(List.of(accepted(again)), List.of(), NOW.plusSeconds(300));
        world.database
                .jdbi()
                .useHandle(handle -> handle.execute("update delivery set state = 'queued', lease_owner = null,"
                        + " attempts = 0, next_attempt_at = null where edition_id = "
                        + edition.id().value()));
        restart("power");
        assertThat(stored(edition, 1)).isEqualTo(DeliveryState.ACCEPTED);
        assertThat(stored(edition, 2)).isEqualTo(DeliveryState.UNCERTAIN);
        assertThat(stored(edition, 3)).isEqualTo(DeliveryState.ACCEPTED);
        assertThat(world.row(edition.id(), 3).attempts()).isEqualTo(2);
    }

    @Test
    void aLostLeaseMakesWhatIsOnTheWireUncertainAndAnAnswerSettlesIt() {
        SendingEdition edition = world.edition(2);
        Ledger ledger = joined("slept");
        List<ClaimedDelivery> rows = ledger.claim(edition.id(), 0, 2, NOW).rows();
        ledger.commit(List.of(), List.of(start(rows.get(0))), NOW);
        ledger.join(LedgerWorld.LEASE, UncertainPolicy.RESEND, NOW);
        assertThat(stored(edition, 1)).isEqualTo(DeliveryState.UNCERTAIN);
        assertThat(stored(edition, 2)).isEqualTo(DeliveryState.QUEUED);
        ledger.commit(List.of(accepted(rows.get(0))), List.of(), NOW);
        assertThat(world.row(edition.id(), 1).state()).isEqualTo(DeliveryState.ACCEPTED);
    }

    /** A machine slept; the reply came when the row was held for its second try already. */
    private ClaimedDelivery answeredAfterTheLeaseWasLost(Ledger ledger, SendingEdition edition) {
        ClaimedDelivery first = begun(ledger, edition, 1).get(0);
        ledger.join(LedgerWorld.LEASE, UncertainPolicy.RESEND, NOW);
        ClaimedDelivery second = ledger.claim(edition.id(), 1, 1, NOW).rows().get(0);
        assertThat(second.uncertainCount()).isEqualTo(1);
        ledger.commit(List.of(accepted(first)), List.of(), NOW);
        return second;
    }

    @Test
    void whatWasTakenAfterALostLeaseDoesNotBeginAgain() {
        SendingEdition edition = world.edition(1);
        Ledger ledger = joined("woke");
        ClaimedDelivery second = answeredAfterTheLeaseWasLost(ledger, edition);
        assertThat(ledger.commit(List.of(), List.of(start(second)), NOW).get(0).refusal())
                .contains(StartAnswer.Refusal.GONE);
        assertThat(world.row(edition.id(), 1).state()).isEqualTo(DeliveryState.ACCEPTED);
    }

    @Test
    void whatWasTakenInTheVeryStepThatWouldBeginItAgainDoesNot() {
        SendingEdition edition = world.edition(1);
        Ledger ledger = joined("woke");
        ClaimedDelivery first = begun(ledger, edition, 1).get(0);
        ledger.join(LedgerWorld.LEASE, UncertainPolicy.RESEND, NOW);
        ClaimedDelivery second = ledger.claim(edition.id(), 1, 1, NOW).rows().get(0);
        assertThat(ledger.commit(List.of(accepted(first)), List.of(start(second)), NOW)
                        .get(0)
                        .refusal())
                .contains(StartAnswer.Refusal.GONE);
    }

    @Test
    void whatWasTakenIsNotUndoneByARefusalOfTheSecondTry() {
        SendingEdition edition = world.edition(2);
        Ledger ledger = joined("woke");
        List<ClaimedDelivery> first = begun(ledger, edition, 2);
        ledger.join(LedgerWorld.LEASE, UncertainPolicy.RESEND, NOW);
        List<ClaimedDelivery> second = ledger.claim(edition.id(), 2, 2, NOW).rows();
        ledger.commit(List.of(), List.of(start(second.get(0)), start(second.get(1))), NOW);
        ledger.commit(List.of(accepted(first.get(0))), List.of(), NOW);
        ledger.commit(List.of(deferred(second.get(0))), List.of(), NOW);
        ledger.commit(List.of(accepted(first.get(1)), deferred(second.get(1))), List.of(), NOW);
        assertThat(world.row(edition.id(), 1).state()).isEqualTo(DeliveryState.ACCEPTED);
        assertThat(world.row(edition.id(), 2).state()).isEqualTo(DeliveryState.ACCEPTED);
    }

    @Test
    void deathDoesNotForgetWhatWasTakenAfterALostLease() throws IOException {
        SendingEdition edition = world.edition(1);
        Ledger dying = joined("woke and died");
        world.dies(dying);
        answeredAfterTheLeaseWasLost(dying, edition);
        restart("woke and died");
        assertThat(stored(edition, 1)).isEqualTo(DeliveryState.ACCEPTED);
    }

    /** A backup of the time before it was born, or what a loss of power left. */
    @Test
    void theRowsOfANodeThatTheDatabaseDoesNotKnowAreRecoveredToo() throws IOException {
        SendingEdition edition = world.edition(2);
        Ledger dying = joined("unknown");
        world.dies(dying);
        List<ClaimedDelivery> rows = begun(dying, edition, 2);
        dying.commit(List.of(accepted(rows.get(1))), List.of(), NOW);
        execute("delete from sending_node");
        execute("update delivery set state = 'queued', lease_owner = null, attempts = 0");
        restart("unknown");
        assertThat(stored(edition, 1)).isEqualTo(DeliveryState.UNCERTAIN);
        assertThat(stored(edition, 2)).isEqualTo(DeliveryState.ACCEPTED);
    }

    @Test
    void aClockThatIsSetBackHoldsNothingUp() {
        SendingEdition edition = world.edition(1);
        Ledger ledger = joined("clock");
        ClaimedDelivery row = begun(ledger, edition, 1).get(0);
        ledger.commit(List.of(accepted(row)), List.of(), NOW);
        ledger.tidy(NOW.minusSeconds(3600), false);
        assertThat(stored(edition, 1)).isEqualTo(DeliveryState.ACCEPTED);
    }

    /** The dispatcher's last step came after the grace of a stop, and then the machine was switched off. */
    @Test
    void whatIsAnsweredAfterItLeftIsNotForgottenEither() throws IOException {
        SendingEdition edition = world.edition(2);
        Ledger dying = joined("late");
        world.dies(dying);
        List<ClaimedDelivery> rows = begun(dying, edition, 2);
        dying.commit(List.of(accepted(rows.get(0))), List.of(), NOW);
        dying.leave();
        assertThat(number("select count(*) from outcome_journal")).isZero();
        dying.commit(List.of(accepted(rows.get(1))), List.of(), NOW);
        restart("late");
        assertThat(stored(edition, 2)).isEqualTo(DeliveryState.ACCEPTED);
    }

    @Test
    void withNothingToSayThereIsNoJournal() {
        Ledger ledger = joined("silent");
        ledger.leave();
        ledger.release(List.of(), NOW);
        ledger.tidy(NOW, false);
        assertThat(world.journal("silent")).doesNotExist();
    }

    @Test
    void whatTheDatabaseCouldNotTakeIsCountedOnceForTheStopRules() {
        SendingEdition edition = world.edition(1);
        Ledger ledger = joined("counts");
        ClaimedDelivery row = begun(ledger, edition, 1).get(0);
        ledger.commit(List.of(accepted(row)), List.of(), NOW);
        execute("alter table outcome_journal rename to elsewhere");
        try {
            for (int i = 1; i <= 5; i++) {
                Instant now = NOW.plusSeconds(i);
                assertThatThrownBy(() -> ledger.tidy(now, false)).isInstanceOf(RuntimeException.class);
                assertThatThrownBy(() -> ledger.commit(List.of(), List.of(), now))
                        .as("nothing begins while the database is behind")
                        .isInstanceOf(RuntimeException.class);
            }
        } finally {
            execute("alter table elsewhere rename to outcome_journal");
        }
        ledger.tidy(NOW.plusSeconds(6), false);
        assertThat(stored(edition, 1)).isEqualTo(DeliveryState.ACCEPTED);
        assertThat(number("select answered from edition_provider")).isEqualTo(1);
        ledger.commit(List.of(), List.of(), NOW.plusSeconds(7));
    }

    @Test
    void theJournalStaysSmallWhereNothingIsAccepted() throws IOException {
        SendingEdition edition = world.edition(1);
        Ledger ledger = joined("refusing");
        Path journal = world.journal("refusing");
        long most = 0;
        for (int i = 0; i < 60; i++) {
            ClaimedDelivery row =
                    ledger.claim(edition.id(), i == 0 ? 0 : 1, 1, NOW).rows().get(0);
            ledger.commit(List.of(), List.of(new Start(row, "r".repeat(30_000))), NOW);
            ledger.commit(List.of(Outcome.returned(row, NOW)), List.of(), NOW);
            most = Math.max(most, Files.size(journal));
            ledger.tidy(NOW, false);
        }
        assertThat(most).isBetween(1L << 20, (1L << 20) + 60_000);
    }

    @Test
    void aNodeThatLeavesInOrderLeavesNoJournal() {
        SendingEdition edition = world.edition(1);
        Ledger ledger = joined("leaving");
        ClaimedDelivery row = begun(ledger, edition, 1).get(0);
        assertThat(world.journal("leaving")).exists();
        ledger.commit(List.of(accepted(row)), List.of(), NOW);
        ledger.leave();
        assertThat(world.journal("leaving")).doesNotExist();
        assertThat(stored(edition, 1)).isEqualTo(DeliveryState.ACCEPTED);
    }

    @Test
    void aJournalThatIsDamagedAtItsBeginningIsPutAsideAndNotForgotten() throws IOException {
        Path journal = world.journal("damaged");
        Files.write(journal, new byte[0]);
        assertThat(JournaledLedger.takeOver(world.database, journal)).isZero();
        assertThat(journal).doesNotExist();
        Files.writeString(journal, "no journal");
        assertThat(JournaledLedger.takeOver(world.database, journal)).isZero();
        assertThat(journal).doesNotExist();
        assertThat(journal.resolveSibling("damaged.journal.unreadable")).hasContent("no journal");
    }

    @Test
    void aJournalOfAnotherInstallationIsPutAside() throws IOException {
        SendingEdition edition = world.edition(1);
        Ledger dying = joined("foreign");
        world.dies(dying);
        ClaimedDelivery row = begun(dying, edition, 1).get(0);
        world.database.jdbi().useHandle(handle -> handle.execute("update installation set installation_id = 'other'"));
        try {
            JournaledLedger.takeOver(world.database, world.journal("foreign"));
            assertThat(stored(edition, 1)).isEqualTo(DeliveryState.CLAIMED);
            assertThat(world.journal("foreign")).doesNotExist();
            assertThat(world.journal("foreign").resolveSibling("foreign.journal.foreign"))
                    .exists();
        } finally {
            world.database
                    .jdbi()
                    .useHandle(handle -> handle.execute("update installation set installation_id = 'test'"));
        }
    }

    @Test
    void theJournalStaysSmall() throws IOException {
        SendingEdition edition = world.edition(1);
        Ledger ledger = joined("long");
        ClaimedDelivery row = ledger.claim(edition.id(), 0, 1, NOW).rows().get(0);
        Outcome taken = Outcome.accepted(
                row,
                "relay",
                new SmtpReply(250, "2.0.0", "x".repeat(480)),
                ReplyClassifier.classify(OK, SmtpCommand.BODY));
        long most = 0;
        for (int i = 0; i < 4_000; i++) {
            ledger.commit(List.of(taken), List.of(), NOW);
            ledger.tidy(NOW, false);
            most = Math.max(most, Files.size(world.journal("long")));
        }
        assertThat(most).isBetween(1L << 20, 2L << 20);
        assertThat(Files.size(world.journal("long"))).isLessThan(1L << 20);
    }
}
