package dev.rooster.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HookBodyTest {
    private static final long SECOND = 1_000_000_000L;
    private static final HookLimits LIMITS =
            new HookLimits(8, 3, Duration.ofSeconds(3), Duration.ofSeconds(3), 1_000, Duration.ofSeconds(20));

    private long nanos;

    /** A body of so many octets that brings a few every so often. */
    private Optional<HookBody.Trouble> read(int bytes, int atOnce, Duration every) {
        InputStream in = new InputStream() {
            private int left = bytes;

            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] part) {
                nanos += every.toNanos();
                int now = Math.min(left, Math.min(atOnce, part.length));
                left -= now;
                return now == 0 ? -1 : now;
            }
        };
        return new HookBody(50_000, LIMITS, () -> nanos).read(in, new ByteArrayOutputStream());
    }

    @Test
    void aBodyMayTakeAShortWhileWhateverItsRateAndLongerIfItKeepsComing() {
        assertThat(read(2, 1, Duration.ofSeconds(1))).isEmpty();
        assertThat(read(15_000, 1_000, Duration.ofSeconds(1))).isEmpty();
        assertThat(nanos).isGreaterThan(15 * SECOND);
    }

    @Test
    void whoTricklesIsSentAwaySoonAndNobodyMayTakeForEver() {
        assertThat(read(10_000, 1, Duration.ofMillis(500))).contains(HookBody.Trouble.TOO_SLOW);
        assertThat(nanos).isLessThan(5 * SECOND);
        nanos = 0;
        assertThat(read(49_000, 1_200, Duration.ofSeconds(1))).contains(HookBody.Trouble.TOO_SLOW);
        assertThat(nanos).isBetween(20 * SECOND, 22 * SECOND);
    }

    @Test
    void aBodyThatIsTooLargeOrBreaksOffIsNone() {
        assertThat(read(50_001, 10_000, Duration.ZERO)).contains(HookBody.Trouble.TOO_LARGE);
        InputStream gone = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("gone");
            }
        };
        assertThat(new HookBody(10, LIMITS, () -> nanos).read(gone, new ByteArrayOutputStream()))
                .contains(HookBody.Trouble.BROKEN_OFF);
    }
}
