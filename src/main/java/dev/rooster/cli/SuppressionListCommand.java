package dev.rooster.cli;

import dev.rooster.newsletter.Newsletter;
import dev.rooster.suppression.JdbiSuppressions;
import dev.rooster.suppression.Suppression;
import dev.rooster.suppression.SuppressionReason;
import dev.rooster.suppression.SuppressionScope;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists suppressions, oldest first, one a line. */
@Command(name = "list", mixinStandardHelpOptions = true)
final class SuppressionListCommand extends RoosterCommand {
    private static final String LINE = "%-20s  %-13s  %-16s  %s%n";

    @Option(names = "--reason", paramLabel = "REASON", descriptionKey = "suppression.list.reason")
    private String reason;

    @Parameters(paramLabel = "ADDRESS", arity = "0..1", descriptionKey = "suppression.list.address")
    private String address;

    @Mixin
    private NewsletterOption newsletter;

    @Mixin
    private JsonOption json;

    @Override
    protected int run(Session session) {
        People people = new People(session);
        SuppressionScope scope = newsletter.name == null
                ? null
                : SuppressionScope.of(PickNewsletter.of(session, newsletter).id());
        SuppressionReason only = reason(people);
        JdbiSuppressions suppressions = new JdbiSuppressions();
        session.app().database().jdbi().useTransaction(handle -> {
            if (address == null) {
                suppressions.forEach(handle, scope, only, suppression -> print(session, suppression));
            } else {
                suppressions.findAll(handle, people.hash(people.address(address))).stream()
                        .filter(found -> scope == null || found.scope().equals(scope))
                        .filter(found -> only == null || found.reason() == only)
                        .forEach(suppression -> print(session, suppression));
            }
        });
        return Exit.DONE;
    }

    private SuppressionReason reason(People people) {
        if (reason == null) {
            return null;
        }
        try {
            return SuppressionReason.of(reason);
        } catch (IllegalArgumentException e) {
            StringBuilder known = new StringBuilder();
            for (SuppressionReason each : SuppressionReason.values()) {
                known.append(known.length() == 0 ? "" : ", ").append(each.text());
            }
            throw UserProblem.badInput(
                    people.text("suppression.reason", reason), people.text("suppression.reason.mend", known));
        }
    }

    private void print(Session session, Suppression suppression) {
        String target = suppression.scope().isAll()
                ? "*"
                : session.app().newsletters().all().stream()
                        .filter(each -> each.id().value() == suppression.scope().newsletterId())
                        .map(Newsletter::name)
                        .findFirst()
                        .orElse(String.valueOf(suppression.scope().newsletterId()));
        if (json.asked) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("address", suppression.address());
            line.put("hash", suppression.addressHash());
            line.put("newsletter", suppression.scope().isAll() ? null : target);
            line.put("reason", suppression.reason().text());
            line.put("since", suppression.since().toString());
            line.put("source", suppression.source());
            session.jsonLine(line);
        } else {
            session.console()
                    .out()
                    .printf(
                            LINE,
                            suppression.since().truncatedTo(java.time.temporal.ChronoUnit.SECONDS),
                            suppression.reason().text(),
                            target,
                            suppression.address() == null ? suppression.addressHash() : suppression.address());
        }
    }
}
