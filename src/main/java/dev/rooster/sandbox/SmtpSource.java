package dev.rooster.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Postfix' {@code smtp-source}, the load generator in C that Rooster is compared with. It renders nothing, keeps no ledger,
 * speaks one command at a time and keeps its connections open.
 *
 * @param bytes size of each mail
 */
public record SmtpSource(Path program, int port, int connections, int bytes) {
    private static final List<String> WITH_TIMES = List.of("sh", "-c", "\"$@\"; code=$?; times; exit $code", "sh");
    /** The last line of the shell's {@code times}: user and system time of its children. */
    private static final Pattern CHILDREN = Pattern.compile("(\\d+)m([\\d.]+)s (\\d+)m([\\d.]+)s\\s*$");

    /** Sends so many mails and says how long it took and what it cost. */
    public SendingFigures send(long mails) throws IOException, InterruptedException {
        List<String> command = List.of(
                program.toString(),
                "-d",
                "-s",
                Integer.toString(connections),
                "-l",
                Integer.toString(bytes),
                "-m",
                Long.toString(mails),
                "-f",
                "bench@example.com",
                "-t",
                "bench@example.org",
                "127.0.0.1:" + port);
        long began = System.nanoTime();
        // its own processor time is told by the shell that waits for it
        Process process = new ProcessBuilder(
                        Stream.concat(WITH_TIMES.stream(), command.stream()).toList())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        Matcher times = CHILDREN.matcher(said);
        if (code != 0 || !times.find()) {
            throw new IOException("smtp-source ended with " + code + ": " + said.strip());
        }
        double seconds = 60 * (Long.parseLong(times.group(1)) + Long.parseLong(times.group(3)))
                + Double.parseDouble(times.group(2))
                + Double.parseDouble(times.group(4));
        return new SendingFigures(mails, took, Duration.ofNanos((long) (seconds * 1e9)));
    }
}
