package dev.rooster.mail.dsn;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;

/**
 * How many mails a second the parser reads on one core: {@code MeasureBounceParser FOLDER}. All mails are held in memory and
 * parsed over and over, {@value #WARM_UP_SECONDS} seconds to warm up and {@value #SECONDS} seconds that count. Time is the
 * thread's CPU time.
 */
final class MeasureBounceParser {
    private static final int WARM_UP_SECONDS = 5;
    private static final int SECONDS = 20;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private MeasureBounceParser() {}

    public static void main(String[] args) throws IOException {
        List<byte[]> mails = MailFolder.read(args.length == 0 ? null : args[0]);
        long bytes = mails.stream().mapToLong(mail -> mail.length).sum();
        System.out.printf("%d mails, %.1f kB on average%n", mails.size(), bytes / 1000.0 / mails.size());
        System.out.printf("first round, cold: %,.0f mails a second%n", perSecond(mails, 0));
        perSecond(mails, WARM_UP_SECONDS);
        double rate = perSecond(mails, SECONDS);
        System.out.printf("warm: %,.0f mails a second, %.0f µs a mail%n", rate, 1e6 / rate);
    }

    /** Rounds over all mails until the time is up, one at least. */
    private static double perSecond(List<byte[]> mails, int seconds) {
        long start = THREADS.getCurrentThreadCpuTime();
        long parsed = 0;
        long taken;
        do {
            for (byte[] mail : mails) {
                BounceParser.standard().parse(mail);
            }
            parsed += mails.size();
            taken = THREADS.getCurrentThreadCpuTime() - start;
        } while (taken < seconds * 1_000_000_000L);
        return parsed * 1e9 / taken;
    }
}
