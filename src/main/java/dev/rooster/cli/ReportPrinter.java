package dev.rooster.cli;

import dev.rooster.bounce.BounceListener;
import dev.rooster.issue.IssueDifference;
import dev.rooster.language.Messages;
import dev.rooster.report.CanaryReport;
import dev.rooster.report.CategoryReport;
import dev.rooster.report.DeliveryLine;
import dev.rooster.report.EditionReport;
import dev.rooster.report.ProviderArrivals;
import dev.rooster.report.ProviderReport;
import dev.rooster.report.Punctuality;
import dev.rooster.report.ReasonReport;
import dev.rooster.report.ReportVersion;
import dev.rooster.report.ResentCopyLine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints a balance sheet for people. It says what the relay took; that a mail arrived only where something proved it. */
final class ReportPrinter {
    private final Console console;
    private final Session session;
    private final Messages words;
    private LocalTimes times;

    ReportPrinter(Session session) {
        this.session = session;
        this.console = session.console();
        this.words = Messages.of(EditionReport.class, session.language());
    }

    String text(String key, Object... args) {
        return words.text(key, args);
    }

    void print(EditionReport report) {
        console.println(text("report.title", String.valueOf(report.issue()), report.title()));
        console.println(text("report.edition-state", word("edition", report.state()))
                + (report.stateReason() == null ? "" : " (" + report.stateReason() + ")"));
        if (report.edition() == null) {
            console.println(text("report.not-sent"));
            return;
        }
        for (ReportVersion version : report.versions()) {
            console.println(text(
                    "report.version",
                    version.version(),
                    version.subject(),
                    time(version.released()),
                    number(version.recipients()),
                    number(version.accepted())));
            if (version.changes() != null) {
                console.println("  " + IssueDifference.line(version.changes(), session.language()));
            }
        }
        console.println("");
        sheet(report);
        console.println("");
        console.println(text("report.from-to", time(report.started()), time(report.finished()), lasted(report)));
        canary(report);
        console.println(text("report.rate", String.format(Locale.ROOT, "%,.1f", report.rate())));
        providers(report);
        punctuality(report.punctuality());
        reasons(report);
        after(report);
    }

    private void canary(EditionReport report) {
        CanaryReport canary = report.canary();
        if (canary != null && canary.first() < report.recipients()) {
            console.println(
                    canary.restFrom() == null
                            ? text("canary.waits", number(canary.first()))
                            : text(
                                    "canary.passed",
                                    number(canary.first()),
                                    time(canary.restFrom()),
                                    time(canary.restUntil())));
        }
    }

    private void sheet(EditionReport report) {
        Table table = new Table(text("sheet.candidates"), number(report.candidates()));
        report.excluded().forEach((reason, count) -> table.row("  − " + word("reason", reason), number(count)));
        table.row(text("sheet.recipients"), number(report.recipients()));
        for (String state : report.states().keySet()) {
            long count = report.of(state);
            if (count > 0 || state.equals("accepted")) {
                table.row("  " + word("state", state), number(count), state.equals("skipped") ? skipped(report) : "");
            }
        }
        if (report.uncertainSeen() > 0) {
            table.row(text("sheet.uncertain-seen"), number(report.uncertainSeen()));
        }
        table.print(console);
    }

    private String skipped(EditionReport report) {
        return report.skipped().entrySet().stream()
                .map(entry -> word("reason", entry.getKey()) + " " + number(entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    private void providers(EditionReport report) {
        if (report.providers().isEmpty()) {
            return;
        }
        console.println("");
        Table table = new Table(
                text("provider"),
                text("sheet.recipients"),
                word("state", "accepted"),
                word("state", "rejected"),
                word("state", "deferred"),
                text("provider.first"),
                text("provider.median"),
                text("provider.last"));
        for (ProviderReport provider : report.providers()) {
            table.row(
                    provider.provider(),
                    number(provider.recipients()),
                    number(provider.of("accepted")),
                    number(provider.of("rejected")),
                    number(provider.of("deferred")),
                    time(provider.first()),
                    time(provider.median()),
                    time(provider.last()));
        }
        table.print(console);
        for (ProviderReport provider : report.providers()) {
            if (provider.pausedAt() != null) {
                console.println(text(
                        "provider.paused",
                        provider.provider(),
                        time(provider.pausedAt()),
                        provider.pauseReason(),
                        String.valueOf(report.issue())));
            }
        }
    }

    private void punctuality(Punctuality punctuality) {
        punctuality(punctuality, "punctuality.handed", punctuality.handed());
        punctuality(punctuality, "punctuality.arrived", punctuality.arrived());
    }

    private void punctuality(Punctuality punctuality, String headKey, List<Punctuality.Share> shares) {
        if (shares.isEmpty()) {
            return;
        }
        console.println("");
        console.println(text(headKey, time(punctuality.planned())));
        Table table = new Table(
                text("provider"),
                text("punctuality.mails"),
                text("punctuality.half"),
                text("punctuality.ninety"),
                text("provider.last"));
        for (Punctuality.Share share : shares) {
            table.row(
                    share.provider(),
                    number(share.mails()),
                    late(punctuality.late(share.half())),
                    late(punctuality.late(share.ninety())),
                    late(punctuality.late(share.last())));
        }
        table.print(console);
    }

    /** {@code +0:09:58}. */
    private static String late(Duration late) {
        return String.format(Locale.ROOT, "+%d:%02d:%02d", late.toHours(), late.toMinutesPart(), late.toSecondsPart());
    }

    private void reasons(EditionReport report) {
        if (report.reasons().isEmpty()) {
            return;
        }
        console.println("");
        Table table =
                new Table(text("reasons.state"), text("reasons.count"), text("reasons.reason"), text("reasons.reply"));
        for (ReasonReport reason : report.reasons()) {
            table.row(
                    word("state", reason.state()),
                    number(reason.rows()),
                    reason.reason() == null ? null : word("reason", reason.reason()),
                    (reason.replyCode() == null ? "" : reason.replyCode() + " ")
                            + (reason.example() == null ? "" : reason.example()));
        }
        table.print(console);
    }

    private void after(EditionReport report) {
        for (ResentCopyLine copy : report.resentCopies()) {
            console.println(text(
                    "report.resent-copy",
                    time(copy.at()),
                    copy.address() == null ? text("delivery.erased") : copy.address(),
                    copy.version(),
                    word("state", copy.state())));
        }
        console.println("");
        console.println(text("after.arrivals", counts("arrival", report.arrivals())));
        arrivals(report);
        bounces(report);
        console.println(text("after.complaints", number(report.complaints())));
        console.println(text("after.feedback", counts("vote", report.feedback()), number(report.comments())));
    }

    /** By provider, once something is known. */
    private void arrivals(EditionReport report) {
        boolean known = report.providerArrivals().stream().anyMatch(each -> each.of("unknown") < each.accepted());
        if (!known) {
            return;
        }
        Table table = new Table(
                text("provider"),
                word("state", "accepted"),
                word("arrival", "arrived"),
                word("arrival", "delayed"),
                word("arrival", "returned"),
                text("arrivals.first"),
                text("arrivals.median"),
                text("arrivals.ninety"),
                text("arrivals.last"));
        for (ProviderArrivals provider : report.providerArrivals()) {
            table.row(
                    provider.provider(),
                    number(provider.accepted()),
                    number(provider.of("arrived")),
                    number(provider.of("delayed")),
                    number(provider.of("returned")),
                    time(provider.first()),
                    time(provider.median()),
                    time(provider.ninetyPercent()),
                    time(provider.last()));
        }
        table.print(console);
        console.println("");
    }

    /** Each with what it means and what to do. */
    private void bounces(EditionReport report) {
        if (report.bounces().isEmpty()) {
            return;
        }
        Messages meanings = Messages.of(BounceListener.class, session.language());
        console.println(text("after.bounces"));
        for (CategoryReport each : report.bounces()) {
            console.println("  " + number(each.recipients()) + "  " + each.category() + " ("
                    + word("verdict", each.verdict()) + ")");
            console.println("    " + meanings.text("category." + each.category()));
        }
        console.println("");
    }

    private String counts(String group, Map<String, Long> counts) {
        return counts.isEmpty()
                ? "-"
                : counts.entrySet().stream()
                        .map(entry -> word(group, entry.getKey()) + " " + number(entry.getValue()))
                        .collect(Collectors.joining(", "));
    }

    private static String lasted(EditionReport report) {
        if (report.started() == null || report.finished() == null) {
            return "-";
        }
        Duration duration = Duration.between(report.started(), report.finished());
        return String.format(
                Locale.ROOT, "%d:%02d:%02d", duration.toHours(), duration.toMinutesPart(), duration.toSecondsPart());
    }

    /** Deliveries are many: one line each, columns parted by tabs, for tools that cut and sort. */
    void printHeadOfDeliveries() {
        console.println(String.join(
                "\t",
                text("delivery.address"),
                text("provider"),
                text("reasons.state"),
                text("reasons.reason"),
                text("delivery.at"),
                text("delivery.version"),
                text("delivery.attempts"),
                text("delivery.uncertain"),
                text("delivery.relay"),
                text("reasons.reply"),
                text("delivery.arrival")));
    }

    void print(DeliveryLine line) {
        console.println(String.join(
                "\t",
                line.address() == null ? text("delivery.erased") : line.address(),
                line.provider(),
                word("state", line.state()),
                line.reason() == null ? "" : word("reason", line.reason()),
                time(line.at()),
                String.valueOf(line.version()),
                String.valueOf(line.attempts()),
                String.valueOf(line.uncertainCount()),
                line.relay() == null ? "" : line.relay(),
                (line.replyCode() == null ? "" : line.replyCode() + " ") + (line.reply() == null ? "" : line.reply()),
                word("arrival", line.arrival())));
    }

    private String time(Instant instant) {
        if (times == null) {
            times = LocalTimes.of(session);
        }
        return times.text(instant);
    }

    private String word(String group, String value) {
        String key = group + "." + value;
        return words.has(key) ? words.text(key) : value;
    }

    private static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
