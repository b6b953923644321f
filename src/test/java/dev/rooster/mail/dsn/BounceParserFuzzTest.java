package dev.rooster.mail.dsn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Whatever comes, the parser answers soon and throws nothing. A short run of {@link FuzzBounceParser};
 * {@code -Drooster.fuzz.mails} makes it longer, {@code -Drooster.fuzz.folder} takes other mails.
 */
class BounceParserFuzzTest {
    private static final long MAILS = Long.getLong("rooster.fuzz.mails", 5_000);
    private static final int TRIES = 5;

    @Test
    void noBrokenMailThrowsOrTakesLong() throws IOException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        FuzzBounceParser fuzz = new FuzzBounceParser(MailFolder.read(System.getProperty("rooster.fuzz.folder")));

        boolean well = fuzz.run(0, MAILS, new PrintStream(said, true, StandardCharsets.UTF_8));

        assertThat(well).as(said.toString(StandardCharsets.UTF_8)).isTrue();
    }

    @TestFactory
    Stream<DynamicTest> noHostileMailTakesLong() {
        return HostileMails.all().entrySet().stream()
                .map(mail -> DynamicTest.dynamicTest(mail.getKey(), () -> {
                    long best = Long.MAX_VALUE;
                    for (int i = 0; i < TRIES && best > FuzzBounceParser.MILLIS_MAX; i++) {
                        best = Math.min(best, millis(mail.getValue()));
                    }

                    assertThat(best).isLessThanOrEqualTo(FuzzBounceParser.MILLIS_MAX);
                }));
    }

    private static long millis(byte[] mail) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        BounceParser.standard().read(mail);
        return (threads.getCurrentThreadCpuTime() - start) / 1_000_000;
    }
}
