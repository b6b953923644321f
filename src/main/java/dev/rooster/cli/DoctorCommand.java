package dev.rooster.cli;

import dev.rooster.cli.Diagnosis.Mark;
import dev.rooster.dns.DnsLookup;
import dev.rooster.dns.DnsjavaLookup;
import dev.rooster.smtp.RelayCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Looks at everything a send depends on, and says how to mend what is wrong. Changes and sends nothing. */
@Command(name = "doctor", mixinStandardHelpOptions = true)
final class DoctorCommand extends RoosterCommand {
    private static final Duration DNS_PATIENCE = Duration.ofSeconds(5);

    @Option(names = "--offline", descriptionKey = "doctor.offline")
    private boolean offline;

    @Mixin
    private JsonOption json;

    private final Supplier<DnsLookup> dns;

    DoctorCommand() {
        this(() -> new DnsjavaLookup(DNS_PATIENCE));
    }

    DoctorCommand(Supplier<DnsLookup> dns) {
        this.dns = dns;
    }

    @Override
    protected int run(Session session) {
        List<Diagnosis> found = examine(session);
        if (json.asked) {
            session.json(asJson(found));
        } else {
            print(session, found);
        }
        return has(found, Mark.FAILED) ? Exit.FAILED : Exit.DONE;
    }

    private List<Diagnosis> examine(Session session) {
        List<Diagnosis> found = new ArrayList<>(ExamineInstallation.of(session.app(), session.language()));
        if (!offline && isSound(found, "settings")) {
            boolean issuesCanBeMade = isSound(found, "keys") && isSound(found, "database");
            RelayCheck.Load load = issuesCanBeMade ? RelayLoad.of(session.app()) : RelayCheck.Load.UNKNOWN;
            found.addAll(ExamineNetwork.of(session.app(), dns.get(), load, session.language()));
        }
        return found;
    }

    private static boolean isSound(List<Diagnosis> found, String area) {
        return found.stream().noneMatch(d -> d.area().equals(area) && d.mark() == Mark.FAILED);
    }

    private static boolean has(List<Diagnosis> found, Mark mark) {
        return found.stream().anyMatch(d -> d.mark() == mark);
    }

    private static Map<String, Object> asJson(List<Diagnosis> found) {
        List<Map<String, Object>> checks = new ArrayList<>();
        for (Diagnosis diagnosis : found) {
            Map<String, Object> check = new LinkedHashMap<>();
            check.put("area", diagnosis.area());
            check.put("state", diagnosis.mark().name().toLowerCase(Locale.ROOT));
            check.put("what", diagnosis.what());
            check.put("mend", diagnosis.mend());
            checks.add(check);
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("ok", !has(found, Mark.FAILED));
        answer.put("checks", checks);
        return answer;
    }

    private void print(Session session, List<Diagnosis> found) {
        String area = "";
        for (int i = 0; i < found.size(); i++) {
            Diagnosis diagnosis = found.get(i);
            if (!Objects.equals(area, diagnosis.area())) {
                area = diagnosis.area();
                session.console().println(session.text("doctor.area." + area));
            }
            session.console().println("  " + diagnosis.mark().sign() + " " + diagnosis.what());
            // what mends several things is said once, after the last of them
            String next = i + 1 < found.size() ? found.get(i + 1).mend() : null;
            if (diagnosis.mend() != null && !diagnosis.mend().equals(next)) {
                session.console().println("      → " + diagnosis.mend());
            }
        }
        long failed = found.stream().filter(d -> d.mark() == Mark.FAILED).count();
        long warnings = found.stream().filter(d -> d.mark() == Mark.WARNING).count();
        session.console().println("");
        session.console()
                .println(
                        failed + warnings == 0
                                ? session.text("doctor.all-well")
                                : session.text("doctor.sums", failed, warnings));
        if (offline) {
            session.console().println(session.text("doctor.was-offline"));
        }
    }
}
