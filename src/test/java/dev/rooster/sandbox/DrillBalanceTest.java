package dev.rooster.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.sandbox.DrillBalance.Wrong;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DrillBalanceTest {
    private static final long SEED = 1;

    private DrillRelay relay;
    private DrillBalance balance;
    private String reader;
    private String refused;

    @BeforeEach
    void start() throws IOException {
        relay = DrillRelay.start(SEED, false, 8, Duration.ofMillis(10), Duration.ZERO);
        balance = new DrillBalance(relay);
        reader = find(DrillFault.NONE);
        refused = find(DrillFault.REFUSED);
    }

    @AfterEach
    void stop() {
        relay.close();
    }

    private static String find(DrillFault fault) {
        int number = 0;
        while (DrillFault.of("reader" + number + "@example.com", SEED) != fault) {
            number++;
        }
        return "reader" + number + "@example.com";
    }

    private void taken(String who, String messageId) {
        byte[] header =
                ("From: a@example.com\r\nMessage-ID: " + messageId + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        relay.book().took(new PeerMessage(1, "", List.of(), List.of(who), List.of(), header, header.length));
    }

    private void wrongIs(Wrong... what) {
        for (Wrong wrong : Wrong.values()) {
            assertThat(balance.of(wrong))
                    .as(wrong.name())
                    .isEqualTo(List.of(what).contains(wrong) ? 1 : 0);
        }
        assertThat(balance.holds(1)).isEqualTo(what.length == 0);
        assertThat(balance.examples()).hasSize(what.length);
    }

    @Test
    void oneCopyOfWhatIsAcceptedIsRight() {
        taken(reader, "<1@example.com>");
        balance.count(reader, "accepted", 0);
        wrongIs();
        assertThat(balance.holds(2)).as("somebody is missing from the ledger").isFalse();
    }

    @Test
    void acceptedAndNeverTakenIsLost() {
        balance.count(reader, "accepted", 0);
        wrongIs(Wrong.LOST);
    }

    @Test
    void aDuplicateMustBeMarkedAndHaveTheSameMessageId() {
        taken(reader, "<1@example.com>");
        taken(reader, "<1@example.com>");
        balance.count(reader, "accepted", 1);
        wrongIs();
        assertThat(balance.duplicates()).isEqualTo(1);
        assertThat(balance.uncertainSeen()).isEqualTo(1);
    }

    @Test
    void anUnmarkedDuplicateIsWrong() {
        taken(reader, "<1@example.com>");
        taken(reader, "<1@example.com>");
        balance.count(reader, "accepted", 0);
        wrongIs(Wrong.UNMARKED_DUPLICATE);
    }

    @Test
    void copiesWithDifferentMessageIdsAreWrong() {
        taken(reader, "<1@example.com>");
        taken(reader, "<2@example.com>");
        balance.count(reader, "accepted", 1);
        wrongIs(Wrong.OTHER_MESSAGE_ID);
    }

    @Test
    void aRowWithoutAFinalStateIsWrong() {
        balance.count(reader, "deferred", 0);
        wrongIs(Wrong.UNFINISHED);
    }

    @Test
    void whomTheRelayTakesMustNotBeGivenUpAndTheOtherWayAbout() {
        balance.count(reader, "rejected", 0);
        wrongIs(Wrong.WRONG_END);
        balance = new DrillBalance(relay);
        balance.count(refused, "rejected", 0);
        wrongIs();
    }

    @Test
    void whatWasTakenMustBeTickedOff() {
        taken(refused, "<1@example.com>");
        balance.count(refused, "rejected", 0);
        wrongIs(Wrong.NOT_TICKED_OFF);
    }
}
