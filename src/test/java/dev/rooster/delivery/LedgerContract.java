package dev.rooster.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.delivery.StartAnswer.Refusal;
import dev.rooster.mail.ReplyClassifier;
import dev.rooster.mail.SmtpCommand;
import dev.rooster.mail.SmtpReply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every ledger does. */
abstract class LedgerContract {
    private static final Instant NOW = Instant.parse("2026-12-01T22:00:00Z");
    private static final SmtpReply OK = new SmtpReply(250, "2.0.0", "Ok: queued as 4F2");
    private static final SmtpReply LATER = new SmtpReply(450, "4.2.0", "greylisted");
    private static final SmtpReply UNKNOWN = new SmtpReply(550, "5.1.1", "no such user");

    private LedgerWorld world;
    private Ledger ledger;

    abstract LedgerWorld open();

    @BeforeEach
    void join() {
        world = open();
        ledger = world.ledger("a");
        ledger.join(LedgerWorld.LEASE, UncertainPolicy.RESEND, NOW);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private Claim claim(SendingEdition edition, int limit) {
        return ledger.claim(edition.id(), 0, limit, NOW);
    }

    private ClaimedDelivery claimOne(SendingEdition edition) {
        return claim(edition, 1).rows().get(0);
    }

    private StartAnswer start(Ledger by, ClaimedDelivery row) {
        return by.commit(List.of(), List.of(new Start(row, "relay")), NOW).get(0);
    }

    private void started(ClaimedDelivery row) {
        assertThat(start(ledger, row).refusal()).isEmpty();
    }

    private void refused(ClaimedDelivery row, Refusal why) {
        assertThat(start(ledger, row).refusal()).contains(why);
    }

    private void commit(Outcome... outcomes) {
        ledger.commit(List.of(outcomes), List.of(), NOW);
    }

    private static Outcome accepted(ClaimedDelivery row) {
        return Outcome.accepted(row, "relay", OK, ReplyClassifier.classify(OK, SmtpCommand.BODY));
    }

    private static Outcome deferred(ClaimedDelivery row, Instant next) {
        return Outcome.deferred(row, "relay", LATER, ReplyClassifier.classify(LATER, SmtpCommand.RCPT), next);
    }

    private static Outcome rejected(ClaimedDelivery row) {
        return Outcome.rejected(
                row, "relay", UNKNOWN, ReplyClassifier.classify(UNKNOWN, SmtpCommand.RCPT), DeliveryReason.ADDRESS);
    }

    @Test
    void firstTriesAreTakenOnceAndInOrder() {
        SendingEdition edition = world.edition(5);
        Claim first = ledger.claim(edition.id(), 0, 2, NOW);
        Claim second = ledger.claim(edition.id(), first.cursor(), 2, NOW);
        Claim third = ledger.claim(edition.id(), second.cursor(), 2, NOW);
        assertThat(first.rows()).extracting(row -> row.key().seq()).containsExactly(1L, 2L);
        assertThat(second.rows()).extracting(row -> row.key().seq()).containsExactly(3L, 4L);
        assertThat(third.rows()).extracting(row -> row.key().seq()).containsExactly(5L);
        assertThat(List.of(first.freshLeft(), second.freshLeft(), third.freshLeft()))
                .containsExactly(true, true, false);
        assertThat(ledger.claim(edition.id(), 0, 9, NOW).rows()).isEmpty();
        assertThat(world.row(edition.id(), 1).owner()).isEqualTo("a");
        assertThat(first.rows().get(0).recipient().address().text()).isEqualTo("reader1@example.com");
        assertThat(first.rows().get(0).fresh()).isTrue();
    }

    @Test
    void twoNodesNeverHoldTheSameRow() {
        SendingEdition edition = world.edition(4);
        Ledger other = world.ledger("b");
        other.join(LedgerWorld.LEASE, UncertainPolicy.RESEND, NOW);
        List<ClaimedDelivery> mine = claim(edition, 2).rows();
        List<ClaimedDelivery> theirs = other.claim(edition.id(), 0, 9, NOW).rows();
        assertThat(mine).extracting(row -> row.key().seq()).containsExactly(1L, 2L);
        assertThat(theirs).extracting(row -> row.key().seq()).containsExactly(3L, 4L);
        assertThat(start(other, mine.get(0)).refusal()).contains(Refusal.GONE);
    }

    @Test
    void aProviderThatWaitsIsPassedByAndHasClaimsOfItsOwn() {
        SendingEdition edition = world.edition(7);
        List.of(1L, 3L, 6L).forEach(seq -> world.provider(edition.id(), seq, "gmail"));
        world.provider(edition.id(), 7, "naver");
        ClaimScope others = ClaimScope.allBut(Set.of("gmail"));
        Claim first = ledger.claim(edition.id(), others, 0, 2, NOW);
        Claim second = ledger.claim(edition.id(), others, first.cursor(), 9, NOW);
        assertThat(first.rows()).extracting(row -> row.key().seq()).containsExactly(2L, 4L);
        assertThat(second.rows()).extracting(row -> row.key().seq()).containsExactly(5L, 7L);
        assertThat(second.freshLeft()).isFalse();
        Claim gmail = ledger.claim(edition.id(), ClaimScope.only("gmail"), 0, 2, NOW);
        assertThat(gmail.rows()).extracting(row -> row.key().seq()).containsExactly(1L, 3L);
        assertThat(gmail.freshLeft()).isTrue();
        assertThat(ledger.claim(edition.id(), ClaimScope.only("gmail"), gmail.cursor(), 2, NOW)
                        .rows())
                .extracting(row -> row.key().seq())
                .containsExactly(6L);
        assertThat(ledger.claim(edition.id(), ClaimScope.only("daum"), 0, 2, NOW))
                .as("nobody is there")
                .isEqualTo(new Claim(List.of(), 0, 7, false, null));
    }

    @Test
    void whatIsDueForAProviderThatWaitsStandsBeforeNobody() {
        SendingEdition edition = world.edition(6);
        List.of(1L, 2L, 3L, 4L).forEach(seq -> world.provider(edition.id(), seq, "gmail"));
        List<ClaimedDelivery> rows = claim(edition, 6).rows();
        for (ClaimedDelivery row : rows) {
            started(row);
            commit(deferred(row, NOW.plusSeconds(300 + row.key().seq())));
        }
        Instant late = NOW.plusSeconds(400);
        Claim others = ledger.claim(edition.id(), ClaimScope.allBut(Set.of("gmail")), 6, 1, late);
        assertThat(others.rows()).extracting(row -> row.key().seq()).containsExactly(5L);
        assertThat(others.nextDue()).isEqualTo(NOW.plusSeconds(306));
        Claim gmail = ledger.claim(edition.id(), ClaimScope.only("gmail"), 6, 3, late);
        assertThat(gmail.rows()).extracting(row -> row.key().seq()).containsExactly(1L, 2L, 3L);
        assertThat(gmail.nextDue()).isEqualTo(NOW.plusSeconds(304));
        assertThat(ledger.claim(edition.id(), 6, 1, late).rows())
                .as("whoever is due first, whatever their provider")
                .extracting(row -> row.key().seq())
                .containsExactly(4L);
    }

    @Test
    void anAcceptedMessageIsTickedOffWithTheRelaysWords() {
        SendingEdition edition = world.edition(1);
        ClaimedDelivery row = claimOne(edition);
        started(row);
        assertThat(world.row(edition.id(), 1).state()).isEqualTo(DeliveryState.SENDING);
        commit(accepted(row));
        LedgerWorld.Row after = world.row(edition.id(), 1);
        assertThat(after.state()).isEqualTo(DeliveryState.ACCEPTED);
        assertThat(after.reply()).isEqualTo("250 2.0.0 Ok: queued as 4F2");
        assertThat(after.attempts()).isEqualTo(1);
        assertThat(after.owner()).isNull();
        assertThat(world.heard()).containsExactly("1 accepted");
    }

    @Test
    void aRowIsNotStartedTwice() {
        ClaimedDelivery row = claimOne(world.edition(1));
        started(row);
        refused(row, Refusal.GONE);
    }

    @Test
    void anOutcomeCountsOnce() {
        SendingEdition edition = world.edition(1);
        ClaimedDelivery row = claimOne(edition);
        started(row);
        commit(deferred(row, NOW.plusSeconds(300)));
        commit(deferred(row, NOW.plusSeconds(900)));
        assertThat(world.row(edition.id(), 1).attempts()).isEqualTo(1);
        assertThat(world.row(edition.id(), 1).nextAttempt()).isEqualTo(NOW.plusSeconds(300));
        assertThat(world.heard()).containsExactly("1 deferred");
    }

    @Test
    void aRefusedEnvelopeCountsAsAnAttempt() {
        SendingEdition edition = world.edition(1);
        commit(rejected(claimOne(edition)));
        assertThat(world.row(edition.id(), 1).state()).isEqualTo(DeliveryState.REJECTED);
        assertThat(world.row(edition.id(), 1).reason()).isEqualTo(DeliveryReason.ADDRESS);
        assertThat(world.row(edition.id(), 1).attempts()).isEqualTo(1);
    }

    @Test
    void aDeferredRowIsTakenAgainWhenItsTimeHasCome() {
        SendingEdition edition = world.edition(2);
        ClaimedDelivery row = claimOne(edition);
        started(row);
        Instant due = NOW.plusSeconds(300);
        commit(deferred(row, due));
        Claim early = ledger.claim(edition.id(), 2, 9, due.minusMillis(1));
        assertThat(early.rows()).isEmpty();
        assertThat(early.nextDue()).isEqualTo(due);
        Claim late = ledger.claim(edition.id(), 2, 9, due);
        assertThat(late.rows()).extracting(ClaimedDelivery::attempts).containsExactly(1);
        assertThat(late.nextDue()).isNull();
    }

    @Test
    void aRowThatWasAbandonedBeforeTheDotCountsNoAttempt() {
        SendingEdition edition = world.edition(1);
        ClaimedDelivery row = claimOne(edition);
        started(row);
        commit(Outcome.returned(row, NOW));
        assertThat(world.row(edition.id(), 1).state()).isEqualTo(DeliveryState.QUEUED);
        assertThat(world.row(edition.id(), 1).attempts()).isZero();
        assertThat(world.heard()).isEmpty();
        assertThat(claim(edition, 1).rows()).hasSize(1);
    }

    @Test
    void releasedRowsAreFoundAgain() {
        SendingEdition edition = world.edition(3);
        Claim claim = claim(edition, 3);
        ledger.release(claim.rows().subList(0, 2), NOW);
        assertThat(ledger.claim(edition.id(), claim.cursor(), 9, NOW).rows())
                .extracting(row -> row.key().seq())
                .containsExactlyInAnyOrder(1L, 2L);
    }

    @Test
    void whoUnsubscribesBeforeTheClaimIsSkipped() {
        SendingEdition edition = world.edition(3);
        world.unsubscribe(edition.id(), 1);
        world.suppress(edition.id(), 2);
        Claim claim = claim(edition, 3);
        assertThat(claim.skipped()).isEqualTo(2);
        assertThat(claim.rows()).extracting(row -> row.key().seq()).containsExactly(3L);
        assertThat(world.row(edition.id(), 1).state()).isEqualTo(DeliveryState.SKIPPED);
        assertThat(world.row(edition.id(), 1).reason()).isEqualTo(DeliveryReason.UNSUBSCRIBED);
        assertThat(world.row(edition.id(), 2).reason()).isEqualTo(DeliveryReason.SUPPRESSED);
    }

    @Test
    void whoUnsubscribesBetweenTheClaimAndTheBodyIsSkipped() {
        SendingEdition edition = world.edition(4);
        List<ClaimedDelivery> rows = claim(edition, 4).rows();
        world.unsubscribe(edition.id(), 1);
        world.suppress(edition.id(), 2);
        world.erase(edition.id(), 3);
        refused(rows.get(0), Refusal.RECIPIENT);
        refused(rows.get(1), Refusal.RECIPIENT);
        refused(rows.get(2), Refusal.RECIPIENT);
        started(rows.get(3));
        assertThat(world.row(edition.id(), 1).reason()).isEqualTo(DeliveryReason.UNSUBSCRIBED);
        assertThat(world.row(edition.id(), 2).reason()).isEqualTo(DeliveryReason.SUPPRESSED);
        assertThat(world.row(edition.id(), 3).reason()).isEqualTo(DeliveryReason.ERASED);
        assertThat(world.row(edition.id(), 3).state()).isEqualTo(DeliveryState.SKIPPED);
    }

    @Test
    void anUncertainCopyIsNeverCalledSkipped() {
        SendingEdition edition = world.edition(1);
        ClaimedDelivery row = claimOne(edition);
        started(row);
        commit(Outcome.uncertain(row, "relay", "connection reset", NOW));
        world.unsubscribe(edition.id(), 1);
        assertThat(claim(edition, 1).rows()).isEmpty();
        assertThat(world.row(edition.id(), 1).state()).isEqualTo(DeliveryState.UNCERTAIN);
        assertThat(world.row(edition.id(), 1).nextAttempt()).isNull();
    }

    @Test
    void nothingStartsWhilePausedHeldOrOfAnotherEpoch() {
        SendingEdition edition = world.edition(1);
        ClaimedDelivery row = claimOne(edition);
        world.setState(edition.id(), EditionState.PAUSED);
        refused(row, Refusal.EDITION);
        world.setState(edition.id(), EditionState.SENDING);
        world.hold(true);
        refused(row, Refusal.EDITION);
        assertThat(ledger.sending()).isEmpty();
        world.hold(false);
        assertThat(ledger.sending()).extracting(SendingEdition::id).containsExactly(edition.id());
        world.renewEpoch();
        refused(row, Refusal.EDITION);
        assertThat(ledger.sending()).isEmpty();
        assertThat(ledger.claim(edition.id(), 0, 9, NOW).rows()).isEmpty();
    }

    @Test
    void nothingIsTakenNorStartedForAPausedProviderAndTheOthersGoOn() {
        SendingEdition edition = world.edition(4);
        world.provider(edition.id(), 1, "gmail");
        world.provider(edition.id(), 3, "gmail");
        ClaimedDelivery atGmail = claimOne(edition);
        world.pause(edition.id(), "gmail", true);
        refused(atGmail, Refusal.PROVIDER);
        ledger.release(List.of(atGmail), NOW);

        Claim claim = ledger.claim(edition.id(), ClaimScope.ALL, 0, 9, NOW.plusSeconds(60));
        assertThat(claim.rows()).extracting(row -> row.key().seq()).containsExactly(2L, 4L);
        assertThat(claim.nextDue()).isNull();
        claim.rows().forEach(row -> {
            started(row);
            commit(accepted(row));
        });
        assertThat(ledger.finish(edition.id(), NOW)).isEqualTo(new FinishCheck.Unfinished(0, 0, null));
        assertThat(ledger.sending()).singleElement().satisfies(sending -> {
            assertThat(sending.paused("gmail")).isTrue();
            assertThat(sending.paused("other")).isFalse();
        });

        world.pause(edition.id(), "gmail", false);
        assertThat(ledger.claim(edition.id(), ClaimScope.ALL, 0, 9, NOW.plusSeconds(60))
                        .rows())
                .extracting(row -> row.key().seq())
                .containsExactlyInAnyOrder(1L, 3L);
    }

    @Test
    void theRestFollowsAShortCheckAfterTheWholeCanaryIsAnswered() {
        SendingEdition edition = world.edition(8);
        world.pace(edition.id(), Duration.ofMinutes(10), NOW);
        assertThat(ledger.sending())
                .singleElement()
                .satisfies(sending -> assertThat(sending.pace()).isEqualTo(new Pace(8, 3, null, null)));
        List<ClaimedDelivery> rows = claim(edition, 4).rows();
        rows.subList(0, 3).forEach(this::started);
        commit(accepted(rows.get(0)), rejected(rows.get(1)));
        assertThat(ledger.passCanary(edition.id(), NOW.plusSeconds(3)).waitsForCanary())
                .as("the third is on the wire")
                .isTrue();
        commit(deferred(rows.get(2), NOW.plusSeconds(300)));

        Pace passed = ledger.passCanary(edition.id(), NOW.plusSeconds(4));
        assertThat(passed).isEqualTo(new Pace(8, 3, NOW.plusSeconds(9), NOW.plusSeconds(600)));
        assertThat(ledger.passCanary(edition.id(), NOW.plusSeconds(60)))
                .as("once")
                .isEqualTo(passed);
        assertThat(world.ledger("b").sending())
                .as("for every node, and after a restart")
                .singleElement()
                .satisfies(sending -> assertThat(sending.pace()).isEqualTo(passed));
    }

    @Test
    void stragglersOfTheCanaryAreWaitedForOnlySoLongAndOnlyIfAnyIsAnswered() {
        SendingEdition edition = world.edition(8);
        world.pace(edition.id(), Duration.ofMinutes(10), NOW);
        List<ClaimedDelivery> rows = claim(edition, 3).rows();
        assertThat(ledger.passCanary(edition.id(), NOW.plusSeconds(3600)).waitsForCanary())
                .as("nothing is known of any")
                .isTrue();
        started(rows.get(0));
        commit(accepted(rows.get(0)));
        assertThat(ledger.passCanary(edition.id(), NOW.plusSeconds(9)).waitsForCanary())
                .isTrue();
        assertThat(ledger.passCanary(edition.id(), NOW.plusSeconds(10)).waitsForCanary())
                .isFalse();
    }

    @Test
    void whoWaitsForAPausedProviderHoldsUpNoCanary() {
        SendingEdition edition = world.edition(8);
        world.pace(edition.id(), Duration.ofMinutes(10), NOW);
        world.provider(edition.id(), 2, "gmail");
        world.provider(edition.id(), 3, "gmail");
        ClaimedDelivery first = claimOne(edition);
        started(first);
        commit(accepted(first));
        world.pause(edition.id(), "gmail", true);
        assertThat(ledger.passCanary(edition.id(), NOW.plusSeconds(1)).waitsForCanary())
                .isFalse();
    }

    @Test
    void rowsOfAPausedProviderExpireWithTheirEdition() {
        SendingEdition edition = world.edition(2, NOW.plusSeconds(60));
        world.provider(edition.id(), 1, "gmail");
        world.pause(edition.id(), "gmail", true);
        assertThat(ledger.expire(edition.id(), NOW.plusSeconds(60))).isEqualTo(2);
        assertThat(ledger.finish(edition.id(), NOW.plusSeconds(60))).isInstanceOf(FinishCheck.Finished.class);
    }

    @Test
    void aMachineThatWakesUpAfterAnotherTookOverStartsNothing() {
        SendingEdition edition = world.edition(1);
        ClaimedDelivery row = claimOne(edition);
        world.renewEpoch();
        world.takeOver(edition.id());
        refused(row, Refusal.EDITION);
        assertThat(ledger.sending()).isEmpty();
        assertThat(world.ledger("b").sending()).extracting(SendingEdition::id).containsExactly(edition.id());
    }

    @Test
    void aNodeWhoseLeaseRanOutStartsNothing() {
        SendingEdition edition = world.edition(2);
        ClaimedDelivery row = claimOne(edition);
        world.expireLease("a");
        refused(row, Refusal.LEASE);
        assertThat(claim(edition, 1).rows()).isEmpty();
        assertThat(ledger.renew(LedgerWorld.LEASE)).isFalse();
    }

    @Test
    void aLivingNodeKeepsItsRows() {
        SendingEdition edition = world.edition(1);
        claimOne(edition);
        assertThat(ledger.renew(LedgerWorld.LEASE)).isTrue();
        assertThat(world.ledger("b").recover(false, UncertainPolicy.RESEND, NOW))
                .isEqualTo(Recovered.NOTHING);
        assertThat(world.row(edition.id(), 1).state()).isEqualTo(DeliveryState.CLAIMED);
    }

    @Test
    void aDeadNodesRowsAreRecovered() {
        SendingEdition edition = world.edition(3);
        List<ClaimedDelivery> rows = claim(edition, 3).rows();
        started(rows.get(0));
        world.expireLease("a");
        Ledger other = world.ledger("b");
        other.join(LedgerWorld.LEASE, UncertainPolicy.RESEND, NOW);
        assertThat(other.recover(false, UncertainPolicy.RESEND, NOW)).isEqualTo(new Recovered(2, 1));
        LedgerWorld.Row sent = world.row(edition.id(), 1);
        assertThat(sent.state()).isEqualTo(DeliveryState.UNCERTAIN);
        assertThat(sent.uncertainCount()).isEqualTo(1);
        assertThat(sent.nextAttempt()).isEqualTo(NOW);
        assertThat(world.row(edition.id(), 2).state()).isEqualTo(DeliveryState.QUEUED);
        List<ClaimedDelivery> again = other.claim(edition.id(), 3, 9, NOW).rows();
        assertThat(again).hasSize(3);
        assertThat(again).filteredOn(row -> row.uncertainCount() == 1).hasSize(1);
        assertThat(other.recover(false, UncertainPolicy.RESEND, NOW)).isEqualTo(Recovered.NOTHING);
    }

    @Test
    void aSecondLossAfterTheDotIsFinal() {
        SendingEdition edition = world.edition(1);
        ClaimedDelivery row = claimOne(edition);
        started(row);
        commit(Outcome.uncertain(row, "relay", "connection reset", NOW));
        ClaimedDelivery again = claimOne(edition);
        assertThat(again.uncertainCount()).isEqualTo(1);
        started(again);
        world.settle();
        assertThat(world.ledger("b").recover(true, UncertainPolicy.RESEND, NOW)).isEqualTo(new Recovered(0, 1));
        assertThat(world.row(edition.id(), 1).uncertainCount()).isEqualTo(2);
        assertThat(world.row(edition.id(), 1).nextAttempt()).isNull();
    }

    @Test
    void holdNeverResendsByItself() {
        SendingEdition edition = world.edition(1);
        started(claimOne(edition));
        world.settle();
        assertThat(world.ledger("b").recover(true, UncertainPolicy.HOLD, NOW)).isEqualTo(new Recovered(0, 1));
        assertThat(world.row(edition.id(), 1).state()).isEqualTo(DeliveryState.UNCERTAIN);
        assertThat(world.row(edition.id(), 1).nextAttempt()).isNull();
    }

    @Test
    void aLateReplySettlesWhatOthersHadToCallUncertain() {
        SendingEdition edition = world.edition(1);
        ClaimedDelivery row = claimOne(edition);
        started(row);
        world.settle();
        world.ledger("b").recover(true, UncertainPolicy.RESEND, NOW);
        commit(accepted(row));
        LedgerWorld.Row after = world.row(edition.id(), 1);
        assertThat(after.state()).isEqualTo(DeliveryState.ACCEPTED);
        assertThat(after.uncertainCount()).isEqualTo(1);
        assertThat(after.nextAttempt()).isNull();
        assertThat(world.heard()).containsExactly("1 accepted");
    }

    @Test
    void whoIsTakenAfterTheIssueWasMendedGetsTheNewVersion() {
        SendingEdition edition = world.edition(4);
        List<ClaimedDelivery> rows = claim(edition, 3).rows();
        assertThat(rows).extracting(ClaimedDelivery::version).containsOnly(1);
        rows.forEach(this::started);
        commit(
                accepted(rows.get(0)),
                deferred(rows.get(1), NOW),
                Outcome.uncertain(rows.get(2), "relay", "connection reset", NOW));
        world.amend(edition.id());
        List<ClaimedDelivery> after = ledger.claim(edition.id(), 3, 9, NOW).rows();
        assertThat(after)
                .extracting(row -> row.key().seq() + " version " + row.version())
                .as("a copy that may have arrived comes again as it was")
                .containsExactlyInAnyOrder("2 version 2", "3 version 1", "4 version 2");
        after.forEach(this::started);
        assertThat(world.row(edition.id(), 1).version()).isEqualTo(1);
        assertThat(world.row(edition.id(), 2).version()).isEqualTo(2);
        assertThat(world.row(edition.id(), 3).version()).isEqualTo(1);
    }

    @Test
    void aRowTakenBeforeTheIssueWasMendedIsNotStartedButTakenAnew() {
        SendingEdition edition = world.edition(1);
        ClaimedDelivery row = claimOne(edition);
        world.amend(edition.id());
        refused(row, Refusal.VERSION);
        assertThat(world.row(edition.id(), 1).state()).isEqualTo(DeliveryState.CLAIMED);
        ledger.release(List.of(row), NOW);
        ClaimedDelivery again = claimOne(edition);
        assertThat(again.version()).isEqualTo(2);
        started(again);
    }

    @Test
    void joiningAgainRecoversOnesOwnRows() {
        SendingEdition edition = world.edition(2);
        List<ClaimedDelivery> rows = claim(edition, 2).rows();
        started(rows.get(0));
        ledger.join(LedgerWorld.LEASE, UncertainPolicy.RESEND, NOW);
        assertThat(world.row(edition.id(), 1).state()).isEqualTo(DeliveryState.UNCERTAIN);
        assertThat(world.row(edition.id(), 2).state()).isEqualTo(DeliveryState.QUEUED);
    }

    @Test
    void whatIsLeftAtTheEndOfTheTimeExpires() {
        SendingEdition edition = world.edition(3, NOW.plusSeconds(60));
        List<ClaimedDelivery> rows = claim(edition, 2).rows();
        started(rows.get(0));
        commit(deferred(rows.get(0), NOW.plusSeconds(300)));
        started(rows.get(1));
        commit(Outcome.uncertain(rows.get(1), "relay", "connection reset", NOW.plusSeconds(300)));
        assertThat(ledger.expire(edition.id(), NOW)).isZero();
        assertThat(ledger.expire(edition.id(), NOW.plusSeconds(60))).isEqualTo(3);
        assertThat(world.row(edition.id(), 1).state()).isEqualTo(DeliveryState.EXPIRED);
        assertThat(world.row(edition.id(), 1).reason()).isEqualTo(DeliveryReason.TOO_LATE);
        assertThat(world.row(edition.id(), 2).state()).isEqualTo(DeliveryState.UNCERTAIN);
        assertThat(world.row(edition.id(), 2).nextAttempt()).isNull();
        assertThat(world.row(edition.id(), 3).state()).isEqualTo(DeliveryState.EXPIRED);
        assertThat(world.heard()).contains("1 expired", "3 expired");
        assertThat(ledger.finish(edition.id(), NOW)).isInstanceOf(FinishCheck.Finished.class);
    }

    @Test
    void anEditionIsFinishedOnlyWhenEveryRowIsFinal() {
        SendingEdition edition = world.edition(2);
        List<ClaimedDelivery> rows = claim(edition, 1).rows();
        assertThat(ledger.finish(edition.id(), NOW)).isEqualTo(new FinishCheck.Unfinished(1, 1, null));
        started(rows.get(0));
        commit(deferred(rows.get(0), NOW.plusSeconds(300)));
        commit(rejected(claim(edition, 1).rows().get(0)));
        assertThat(ledger.finish(edition.id(), NOW)).isEqualTo(new FinishCheck.Unfinished(0, 0, NOW.plusSeconds(300)));
        assertThat(world.state(edition.id())).isEqualTo(EditionState.SENDING);
        ClaimedDelivery row =
                ledger.claim(edition.id(), 2, 1, NOW.plusSeconds(300)).rows().get(0);
        started(row);
        commit(accepted(row));
        assertThat(ledger.finish(edition.id(), NOW)).isInstanceOf(FinishCheck.Finished.class);
        assertThat(world.state(edition.id())).isEqualTo(EditionState.FINISHED);
        assertThat(world.heard()).endsWith("finished");
        assertThat(ledger.finish(edition.id(), NOW)).isInstanceOf(FinishCheck.NotSending.class);
    }

    @Test
    void anUncertainRowThatWillBeResentIsNotFinal() {
        SendingEdition edition = world.edition(1);
        ClaimedDelivery row = claimOne(edition);
        started(row);
        commit(Outcome.uncertain(row, "relay", "connection reset", NOW.plusSeconds(60)));
        assertThat(ledger.finish(edition.id(), NOW)).isEqualTo(new FinishCheck.Unfinished(0, 0, NOW.plusSeconds(60)));
    }

    @Test
    void aPausedEditionIsHeardOfOnce() {
        SendingEdition edition = world.edition(1);
        PauseReason reason = new PauseReason(PauseReason.Kind.SENDER_REFUSED, "550 5.7.26 unauthenticated");
        ledger.pause(edition.id(), reason, NOW);
        ledger.pause(edition.id(), reason, NOW);
        assertThat(world.state(edition.id())).isEqualTo(EditionState.PAUSED);
        assertThat(world.heard()).containsExactly("paused SENDER_REFUSED");
        assertThat(ledger.sending()).isEmpty();
    }

    @Test
    void outcomesAndStartsGoInOneStep() {
        SendingEdition edition = world.edition(3);
        List<ClaimedDelivery> rows = claim(edition, 3).rows();
        started(rows.get(0));
        world.unsubscribe(edition.id(), 3);
        List<StartAnswer> answers = ledger.commit(
                List.of(accepted(rows.get(0))),
                List.of(new Start(rows.get(1), "relay"), new Start(rows.get(2), "relay")),
                NOW);
        assertThat(answers.get(0).refusal()).isEmpty();
        assertThat(answers.get(1).refusal()).contains(Refusal.RECIPIENT);
        assertThat(world.row(edition.id(), 1).state()).isEqualTo(DeliveryState.ACCEPTED);
        assertThat(world.row(edition.id(), 2).state()).isEqualTo(DeliveryState.SENDING);
        assertThat(world.row(edition.id(), 3).state()).isEqualTo(DeliveryState.SKIPPED);
    }
}
