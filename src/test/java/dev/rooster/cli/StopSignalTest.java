package dev.rooster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class StopSignalTest {
    @Test
    void whatIsNeverInOrderDoesNotKeepTheProcess() throws InterruptedException {
        StopSignal signal = new StopSignal(Duration.ofMillis(50));
        signal.stop(); // as the signal does, on the machine's thread, while the command waits for its database
        assertThat(signal.askedWithin(Duration.ZERO)).isTrue();
    }

    @Test
    void theProcessEndsAsSoonAsAllIsInOrder() {
        StopSignal signal = new StopSignal(Duration.ofDays(1));
        signal.done();
        signal.stop();
    }
}
