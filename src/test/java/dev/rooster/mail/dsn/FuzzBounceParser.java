package dev.rooster.mail.dsn;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;

/**
 * Parses many mutated mails and watches for exceptions, slowness and growing memory. Time is the thread's CPU time, so that
 * other programs on the machine don't count.
 *
 * <p>{@code FuzzBounceParser MAILS [FOLDER [FIRST-SEED]]}; without a folder it mutates the project's own test mails. Ends
 * with 1 if anything was wrong.
 */
final class FuzzBounceParser {
    static final int MILLIS_MAX = 100;

    private static final int REPEATS = 3;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final MutateMail mutate;

    FuzzBounceParser(List<byte[]> mails) {
        mutate = new MutateMail(mails);
    }

    /** The mail that took longest, and how long; in nanoseconds of CPU. */
    record Slowest(long seed, long nanos) {}

    /** Parses one; its exceptions go to the caller. Returns its CPU time, the best of some tries if it is too long. */
    long parse(long seed) {
        byte[] mail = mutate.of(seed);
        long best = timed(mail);
        for (int i = 0; i < REPEATS && best > MILLIS_MAX * 1_000_000L; i++) {
            best = Math.min(best, timed(mail));
        }
        return best;
    }

    private long timed(byte[] mail) {
        long start = threads.getCurrentThreadCpuTime();
        BounceParser.standard().read(mail);
        return threads.getCurrentThreadCpuTime() - start;
    }

    public static void main(String[] args) throws IOException {
        long count = Long.parseLong(args[0]);
        long first = args.length > 2 ? Long.parseLong(args[2]) : 0;
        List<byte[]> mails = MailFolder.read(args.length > 1 ? args[1] : null);
        FuzzBounceParser fuzz = new FuzzBounceParser(mails);
        System.exit(fuzz.run(first, count, System.out) ? 0 : 1);
    }

    /** Runs and reports ten times on the way; true if nothing was wrong. */
    boolean run(long first, long count, PrintStream out) {
        Slowest slowest = new Slowest(first, 0);
        long thrown = 0;
        long slow = 0;
        long nanos = 0;
        for (long done = 0; done < count; done++) {
            long seed = first + done;
            try {
                long took = parse(seed);
                nanos += took;
                slowest = took > slowest.nanos() ? new Slowest(seed, took) : slowest;
                if (took > MILLIS_MAX * 1_000_000L) {
                    slow++;
                    out.printf("seed %d took %d ms%n", seed, took / 1_000_000);
                }
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                thrown++;
                out.printf("seed %d: %s at %s%n", seed, e, e.getStackTrace().length == 0 ? "?" : e.getStackTrace()[0]);
            }
            if ((done + 1) % Math.max(1, count / 10) == 0) {
                out.printf(
                        "%,d mails, %.0f s of CPU in the parser, %d exceptions, %d over %d ms, slowest %.1f ms (seed %d),"
                                + " %.1f MB of heap in use%n",
                        done + 1,
                        nanos / 1e9,
                        thrown,
                        slow,
                        MILLIS_MAX,
                        slowest.nanos() / 1e6,
                        slowest.seed(),
                        usedAfterCollection() / 1e6);
            }
        }
        return thrown == 0 && slow == 0;
    }

    private static long usedAfterCollection() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
