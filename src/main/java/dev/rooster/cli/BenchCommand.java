package dev.rooster.cli;

import dev.rooster.mail.RsaSignatures;
import dev.rooster.sandbox.DelayProxy;
import dev.rooster.sandbox.PostfixTool;
import dev.rooster.sandbox.SendingFigures;
import dev.rooster.sandbox.SmtpSink;
import dev.rooster.sandbox.SmtpSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Measures sending on loopback: the real path with its ledger against Postfix' own load generator, in turns in one run, since
 * machines change their speed from minute to minute; or one whole send, from its first tenth to its last.
 */
@Command(name = "bench", mixinStandardHelpOptions = true)
@CommandKind(CommandKind.Where.HERE)
final class BenchCommand extends RoosterCommand {
    @Option(names = "--connections", paramLabel = "N", defaultValue = "8", descriptionKey = "bench.connections")
    private int connections;

    @Option(names = "--size", paramLabel = "KB", defaultValue = "82", descriptionKey = "bench.size")
    private int kilobytes;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "5", descriptionKey = "bench.rounds")
    private int rounds;

    @Option(names = "--warm-up", paramLabel = "SECONDS", defaultValue = "20", descriptionKey = "bench.warm-up")
    private int warmUp;

    @Option(names = "--seconds", paramLabel = "SECONDS", defaultValue = "10", descriptionKey = "bench.seconds")
    private int seconds;

    @Option(names = "--recipients", paramLabel = "N", defaultValue = "500000", descriptionKey = "bench.recipients")
    private int recipients;

    @Option(names = "--delay", paramLabel = "MS", defaultValue = "0", descriptionKey = "bench.delay")
    private int delayMillis;

    @Option(names = "--dkim", descriptionKey = "bench.dkim")
    private boolean signed;

    @Option(names = "--whole", descriptionKey = "bench.whole")
    private boolean whole;

    @Option(names = "--database", paramLabel = "JDBC_URL", descriptionKey = "bench.database")
    private String databaseUrl;

    @Mixin
    private JsonOption json;

    @Override
    protected int run(Session session) throws IOException, InterruptedException {
        check(session, "--connections", connections, 1, 200);
        check(session, "--size", kilobytes, 12, 1000);
        check(session, "--rounds", rounds, 1, 100);
        check(session, "--warm-up", warmUp, 0, 600);
        check(session, "--seconds", seconds, 1, 600);
        check(session, "--recipients", recipients, 1000, 10_000_000);
        check(session, "--delay", delayMillis, 0, 2000);
        Path sinkProgram = tool(session, PostfixTool.SMTP_SINK);
        Path sourceProgram = tool(session, PostfixTool.SMTP_SOURCE);
        try (SmtpSink sink = SmtpSink.start(sinkProgram);
                DelayProxy proxy =
                        delayMillis == 0 ? null : DelayProxy.start(sink.port(), Duration.ofMillis(delayMillis))) {
            int port = proxy == null ? sink.port() : proxy.port();
            try (BenchWorld world = BenchWorld.create(
                    new BenchWorld.Plan(port, connections, signed, databaseUrl), session.language())) {
                session.console().err().println(session.text("bench.people", String.valueOf(recipients)));
                long began = System.nanoTime();
                world.people(recipients);
                double importSeconds = (System.nanoTime() - began) / 1e9;
                int bytes = world.issue(kilobytes * 1000);
                try (BenchSend send = BenchSend.start(world)) {
                    return whole
                            ? wholeSend(session, world, send, bytes, importSeconds)
                            : turns(
                                    session,
                                    send,
                                    new SmtpSource(sourceProgram, port, connections, bytes),
                                    bytes,
                                    importSeconds);
                }
            }
        }
    }

    private static void check(Session session, String option, int found, int least, int most) {
        if (found < least || found > most) {
            throw UserProblem.badInput(
                    session.text(
                            "bench.range", option, String.valueOf(found), String.valueOf(least), String.valueOf(most)),
                    null);
        }
    }

    private static Path tool(Session session, PostfixTool tool) {
        return tool.find(System.getenv("PATH"))
                .orElseThrow(() -> UserProblem.failed(
                        session.text("bench.no-tool", tool.program()), session.text("bench.no-tool.mend")));
    }

    private int turns(Session session, BenchSend send, SmtpSource source, int bytes, double importSeconds)
            throws IOException, InterruptedException {
        session.console().err().println(session.text("bench.warming", String.valueOf(warmUp)));
        SendingFigures first = send.measure(Duration.ofSeconds(Math.max(1, warmUp)));
        send.pause();
        SendingFigures trial = source.send(Math.max(100, (long) first.perSecond()));
        long mails = Math.max(100, (long) (trial.perSecond() * seconds));
        BenchTurns turns = new BenchTurns();
        for (int round = 1; round <= rounds; round++) {
            send.resume();
            SendingFigures ours = send.measure(Duration.ofSeconds(seconds));
            send.pause();
            SendingFigures theirs = source.send(mails);
            turns.add(ours, theirs);
            session.console()
                    .err()
                    .println(String.format(
                            Locale.ROOT,
                            "  %d/%d  rooster %.0f/s %.0f µs   smtp-source %.0f/s %.0f µs",
                            round,
                            rounds,
                            ours.perSecond(),
                            ours.microsEach(),
                            theirs.perSecond(),
                            theirs.microsEach()));
        }
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("bytes", bytes);
        about.put("connections", connections);
        about.put("delayMillis", delayMillis);
        about.put("dkim", signed ? RsaSignatures.providerName() : "none");
        about.put("database", databaseUrl == null ? "h2" : "postgresql");
        about.put("java", System.getProperty("java.version"));
        about.put("processors", Runtime.getRuntime().availableProcessors());
        about.put("importedPerSecond", Math.round(recipients / importSeconds));
        if (json.asked) {
            about.put("turns", turns.values());
            session.json(about);
            return Exit.DONE;
        }
        session.console().println(session.text("bench.about", about.toString()));
        turns.table(session).print(session.console());
        return Exit.DONE;
    }

    private int wholeSend(Session session, BenchWorld world, BenchSend send, int bytes, double importSeconds)
            throws IOException, InterruptedException {
        List<BenchSend.Tenth> tenths = send.tenths(recipients);
        long fileDuring = world.fileBytes();
        send.close();
        world.app().close();
        long fileAfter = world.fileBytes();
        if (json.asked) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("bytes", bytes);
            all.put("connections", connections);
            all.put("recipients", recipients);
            all.put("importSeconds", importSeconds);
            all.put("audienceSeconds", send.audienceSeconds());
            all.put("tenths", tenths);
            all.put("fileBytes", fileDuring);
            all.put("fileBytesAfterClosing", fileAfter);
            session.json(all);
            return Exit.DONE;
        }
        Table table = new Table(
                session.text("bench.tenth"),
                session.text("bench.rate"),
                session.text("bench.heap"),
                session.text("bench.file"));
        for (BenchSend.Tenth tenth : tenths) {
            table.row(tenth.number(), Math.round(tenth.perSecond()), tenth.heapMegabytes(), tenth.fileMegabytes());
        }
        table.print(session.console());
        double flat = tenths.get(tenths.size() - 1).perSecond() / tenths.get(0).perSecond();
        session.console().println(session.text("bench.flat", String.format(Locale.ROOT, "%.2f", flat)));
        session.console()
                .println(session.text(
                        "bench.whole",
                        String.format(Locale.ROOT, "%.1f", importSeconds),
                        String.format(Locale.ROOT, "%.1f", send.audienceSeconds()),
                        String.valueOf(fileDuring >> 20),
                        String.valueOf(fileAfter >> 20)));
        return Exit.DONE;
    }
}
