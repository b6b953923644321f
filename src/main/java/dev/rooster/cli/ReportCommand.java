package dev.rooster.cli;

import dev.rooster.report.DeliveryLine;
import dev.rooster.report.EditionReport;
import dev.rooster.report.JdbiEditionReport;
import dev.rooster.report.JdbiRecipients;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The balance sheet of an issue's send. */
@Command(name = "report", mixinStandardHelpOptions = true)
final class ReportCommand extends RoosterCommand {
    private static final List<String> STATES = List.of(
            "queued", "claimed", "sending", "deferred", "accepted", "rejected", "expired", "skipped", "uncertain");

    @Parameters(paramLabel = "ID", descriptionKey = "report.id")
    private long issue;

    @Option(names = "--recipients", descriptionKey = "report.recipients")
    private boolean recipients;

    @Option(names = "--state", paramLabel = "STATE", split = ",", descriptionKey = "report.state")
    private List<String> states = List.of();

    @Mixin
    private JsonOption json;

    @Override
    protected int run(Session session) {
        ReportPrinter printer = new ReportPrinter(session);
        for (String state : states) {
            if (!STATES.contains(state)) {
                throw UserProblem.badInput(
                        printer.text("report.state", state),
                        printer.text("report.state.mend", String.join(", ", STATES)));
            }
        }
        session.app().settle();
        EditionReport report = new JdbiEditionReport(
                        session.app().database().jdbi(), session.app().clock())
                .find(issue)
                .orElseThrow(() -> UserProblem.badInput(
                        printer.text("report.no-issue", String.valueOf(issue)), printer.text("report.no-issue.mend")));
        if (recipients || !states.isEmpty()) {
            deliveries(session, printer, report);
        } else if (json.asked) {
            session.json(report.json());
        } else {
            printer.print(report);
        }
        if (!report.faults().isEmpty()) {
            throw UserProblem.failed(
                    printer.text("report.sums", String.join("; ", report.faults())), printer.text("report.sums.mend"));
        }
        return Exit.DONE;
    }

    private void deliveries(Session session, ReportPrinter printer, EditionReport report) {
        if (report.edition() == null) {
            throw UserProblem.failed(printer.text("report.not-sent"), null);
        }
        if (!json.asked) {
            printer.printHeadOfDeliveries();
        }
        new JdbiRecipients(session.app().database().jdbi()).forEach(report.edition(), states, (DeliveryLine line) -> {
            if (json.asked) {
                session.jsonLine(line.json());
            } else {
                printer.print(line);
            }
        });
    }
}
