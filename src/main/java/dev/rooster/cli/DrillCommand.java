package dev.rooster.cli;

import dev.rooster.delivery.Edition;
import dev.rooster.delivery.EditionState;
import dev.rooster.sandbox.DrillBalance;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Kills sending processes at random moments and proves from the relay's side that nobody was lost or got it twice unnoticed. */
@Command(name = "drill", mixinStandardHelpOptions = true)
@CommandKind(CommandKind.Where.HERE)
final class DrillCommand extends RoosterCommand {
    private static final int KILLS_MAX = 1_000;
    private static final int NODES_MAX = 8;
    private static final int CONNECTIONS_MAX = 64;
    private static final int ROUND_TRIP_MILLIS_MAX = 1_000;
    private static final int LOG_LINES = 20;

    @Option(
            names = "--recipients",
            paramLabel = "N",
            defaultValue = "2000",
            converter = PositiveNumber.class,
            descriptionKey = "drill.recipients")
    private int recipients;

    @Option(names = "--kills", paramLabel = "K", defaultValue = "5", descriptionKey = "drill.kills")
    private int kills;

    @Option(names = "--nodes", paramLabel = "N", defaultValue = "1", descriptionKey = "drill.nodes")
    private int nodes;

    @Option(names = "--connections", paramLabel = "C", defaultValue = "8", descriptionKey = "drill.connections")
    private int connections;

    @Option(names = "--seed", paramLabel = "S", descriptionKey = "drill.seed")
    private Long seed;

    @Option(names = "--database", paramLabel = "JDBC_URL", descriptionKey = "drill.database")
    private String database;

    @Option(names = "--round-trip", paramLabel = "MILLIS", defaultValue = "0", descriptionKey = "drill.round-trip")
    private int roundTripMillis;

    @Option(names = "--polite", descriptionKey = "drill.polite")
    private boolean polite;

    @Mixin
    private JsonOption json;

    @Override
    protected int run(Session session) throws IOException, InterruptedException {
        inRange(session, "--kills", kills, 0, KILLS_MAX);
        inRange(session, "--nodes", nodes, 1, NODES_MAX);
        inRange(session, "--connections", connections, 1, CONNECTIONS_MAX);
        inRange(session, "--round-trip", roundTripMillis, 0, ROUND_TRIP_MILLIS_MAX);
        if (database != null && !database.startsWith("jdbc:postgresql:") || database == null && nodes > 1) {
            throw UserProblem.badInput(
                    session.text("drill.needs-postgresql"), session.text("drill.needs-postgresql.mend"));
        }
        long drawn = seed == null ? System.nanoTime() % 1_000_000 : seed;
        DrillPlan plan = new DrillPlan(recipients, kills, nodes, connections, drawn, database);
        say(session, session.text("drill.begins", recipients, nodes, connections, kills, String.valueOf(drawn)));
        long began = System.nanoTime();
        try (DrillWorld world = DrillWorld.create(plan, polite, Duration.ofMillis(roundTripMillis))) {
            long sending = System.nanoTime();
            DrillRun run = new DrillRun(
                    world, plan, (number, kill, copies, seconds) -> killed(session, number, kill, copies, seconds));
            Thread atSignal = new Thread(() -> stop(run, world), "rooster-drill-stop");
            Runtime.getRuntime().addShutdownHook(atSignal);
            try (run) {
                boolean over = run.play();
                double seconds = (System.nanoTime() - sending) / 1e9;
                run.close();
                return tell(session, plan, world, run, over, seconds, (System.nanoTime() - began) / 1e9);
            } finally {
                removeHook(atSignal);
            }
        }
    }

    private static void inRange(Session session, String option, int found, int least, int most) {
        if (found < least || found > most) {
            throw UserProblem.badInput(
                    session.text(
                            "drill.range", option, String.valueOf(least), String.valueOf(most), String.valueOf(found)),
                    null);
        }
    }

    private static void stop(DrillRun run, DrillWorld world) {
        run.killAll();
        try {
            world.close();
        } catch (IOException e) {
            // the temporary folder is left to the system
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is stopping: the hook runs already
        }
    }

    private void say(Session session, String line) {
        (json.asked ? session.console().err() : session.console().out()).println(line);
    }

    private void killed(Session session, int number, DrillPlan.Kill kill, long copies, double seconds) {

        say(
                session,
                session.text(
                        kill.databaseToo() ? "drill.killed-both" : "drill.killed",
                        number,
                        kills,
                        kill.node() + 1,
                        String.format(Locale.ROOT, "%.1f", seconds),
                        copies));
    }

    private int tell(
            Session session, DrillPlan plan, DrillWorld world, DrillRun run, boolean over, double sending, double all)
            throws IOException {
        Edition edition = world.edition().orElse(null);
        if (edition == null) {
            session.console().err().println(session.text("drill.never-began"));
            lastWords(session, world);
            return Exit.FAILED;
        }
        DrillBalance balance = world.balance(edition);
        boolean sums = over
                && edition.state() == EditionState.FINISHED
                && world.counts(edition).agreesWith(edition);
        long most = plan.duplicatesMax(run.killed(), run.cuts())
                + world.relay().book().unsaid();
        boolean killedAll = run.killed() == plan.kills();
        boolean held = sums
                && killedAll
                && balance.holds(plan.recipients())
                && balance.duplicates() <= most
                && world.relay().violations().isEmpty();
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("held", held);
        result.put("recipients", balance.recipients());
        for (String state : List.of("accepted", "rejected", "expired", "skipped", "uncertain")) {
            result.put(state, balance.of(state));
        }
        for (DrillBalance.Wrong wrong : DrillBalance.Wrong.values()) {
            result.put(wrong.name().toLowerCase(Locale.ROOT), balance.of(wrong));
        }
        result.put("duplicates", balance.duplicates());
        result.put("duplicates_max", most);
        result.put("replies_withheld", world.relay().book().unsaid());
        result.put("uncertain_seen", balance.uncertainSeen());
        result.put("sums_agree", sums);
        result.put("protocol_violations", world.relay().violations().size());
        result.put("kills", run.killed());
        result.put("database_cuts", run.cuts());
        result.put("ended_by_themselves", run.endedByThemselves());
        result.put("nodes", plan.nodes());
        result.put("connections", plan.connections());
        result.put("seed", plan.seed());
        result.put("copies_per_second", Math.round(world.relay().book().rate()));
        result.put("seconds_sending", Math.round(sending * 10) / 10.0);
        result.put("seconds", Math.round(all * 10) / 10.0);
        if (json.asked) {
            session.json(result);
        } else {
            print(session, result);
        }
        if (!held) {
            balance.examples().forEach(session.console().err()::println);
            world.relay().violations().stream()
                    .limit(LOG_LINES)
                    .forEach(session.console().err()::println);
            lastWords(session, world);
        }
        return held ? Exit.DONE : Exit.FAILED;
    }

    private static void print(Session session, Map<String, Object> result) {
        session.console().println("");
        Table table = new Table(session.text("drill.what"), session.text("drill.number"));
        result.forEach((key, value) -> {
            if (!key.equals("held")) {
                table.row(session.text("drill.result." + key), value);
            }
        });
        table.print(session.console());
        session.console().println("");
        session.console()
                .println(session.text(
                        Boolean.TRUE.equals(result.get("held")) ? "drill.held" : "drill.not-held",
                        String.valueOf(result.get("seed"))));
    }

    private static void lastWords(Session session, DrillWorld world) throws IOException {
        if (Files.exists(world.log())) {
            List<String> lines = Files.readAllLines(world.log());
            lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size())
                    .forEach(session.console().err()::println);
        }
    }
}
