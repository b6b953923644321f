package dev.rooster.cli;

import dev.rooster.language.Messages;
import dev.rooster.report.DeliveryLine;
import dev.rooster.report.PersonFile;
import dev.rooster.suppression.Suppression;
import java.util.Map;

/** Prints a person's file for people. */
final class PersonPrinter {
    private final Console console;
    private final Messages words;
    private final LocalTimes times;

    PersonPrinter(Session session) {
        this.console = session.console();
        this.words = Messages.of(PersonFile.class, session.language());
        this.times = LocalTimes.of(session);
    }

    void print(PersonFile file) {
        var person = file.person();
        console.println((person.name() == null ? "" : person.name() + " ") + "<"
                + person.address().text() + ">"
                + (person.language() == null ? "" : "  " + person.language().tag()));
        for (Map.Entry<String, String> attribute : person.attributes().entrySet()) {
            console.println("  " + attribute.getKey() + ": " + attribute.getValue());
        }
        subscriptions(file);
        consents(file);
        suppressions(file);
        deliveries(file);
        bounces(file);
        votes(file);
        notices(file);
        console.println("");
    }

    private void subscriptions(PersonFile file) {
        title("person.subscriptions", file.subscriptions().isEmpty());
        file.subscriptions()
                .forEach(each -> console.println("  "
                        + file.newsletterName(each.newsletter().value())
                        + "  "
                        + word("subscription", each.state().text())
                        + "  "
                        + times.text(each.since())
                        + "  "
                        + each.source()));
    }

    private void consents(PersonFile file) {
        title("person.consents", file.consents().isEmpty());
        file.consents().forEach(each -> {
            console.println("  " + times.text(each.at()) + "  "
                    + file.newsletterName(each.newsletter().value()) + "  "
                    + word("consent", each.kind().text()) + "  " + each.method() + "  " + each.source()
                    + (each.ip() == null ? "" : "  " + each.ip())
                    + (each.userAgent() == null ? "" : "  " + each.userAgent()));
            if (each.shownText() != null) {
                console.println("    “" + each.shownText().strip() + "”");
            }
        });
    }

    private void suppressions(PersonFile file) {
        if (file.suppressions().isEmpty()) {
            return;
        }
        title("person.suppressions", false);
        for (Suppression each : file.suppressions()) {
            String scope = each.scope().isAll()
                    ? words.text("person.all-newsletters")
                    : file.newsletterName(each.scope().newsletterId());
            console.println("  " + times.text(each.since()) + "  " + scope + "  "
                    + word("suppression", each.reason().text()) + "  " + each.source());
        }
    }

    private void deliveries(PersonFile file) {
        title("person.deliveries", file.deliveries().isEmpty());
        for (DeliveryLine each : file.deliveries()) {
            console.println("  " + each.issue() + "  " + each.title() + "  v" + each.version());
            StringBuilder line = new StringBuilder("    " + times.text(each.at()) + "  " + word("state", each.state()));
            if (each.reason() != null) {
                line.append(" (").append(word("reason", each.reason())).append(')');
            }
            if (each.relay() != null) {
                line.append("  ").append(words.text("person.relay", each.relay()));
            }
            console.println(line.toString());
            if (each.reply() != null) {
                console.println("    " + each.reply());
            }
            console.println("    " + arrival(each));
            if (each.uncertainCount() > 0) {
                console.println("    " + words.text("person.uncertain", each.uncertainCount()));
            }
            if (each.nextAttemptAt() != null) {
                console.println("    " + words.text("person.next", times.text(each.nextAttemptAt())));
            }
            file.attempts().stream()
                    .filter(attempt -> attempt.edition() == each.edition())
                    .forEach(attempt -> console.println("      " + times.text(attempt.at()) + "  " + attempt.outcome()
                            + "  " + attempt.relay() + "  " + (attempt.reply() == null ? "" : attempt.reply())));
        }
    }

    private String arrival(DeliveryLine delivery) {
        String since = delivery.arrivalAt() == null ? "" : "  " + times.text(delivery.arrivalAt());
        String source = delivery.arrivalSource() == null ? "" : "  " + delivery.arrivalSource();
        return words.text("person.arrival", word("arrival", delivery.arrival())) + since + source;
    }

    private void bounces(PersonFile file) {
        if (!file.bounces().isEmpty()) {
            title("person.bounces", false);
            file.bounces()
                    .forEach(each -> console.println("  " + times.text(each.at()) + "  " + each.kind() + "  "
                            + each.verdict() + (each.status() == null ? "" : "  " + each.status())
                            + (each.diagnostic() == null ? "" : "  " + each.diagnostic())));
        }
    }

    private void votes(PersonFile file) {
        if (!file.votes().isEmpty()) {
            title("person.feedback", false);
            file.votes()
                    .forEach(each -> console.println("  " + times.text(each.at()) + "  " + word("vote", each.vote())
                            + (each.comment() == null ? "" : "  “" + each.comment() + "”")));
        }
    }

    private void notices(PersonFile file) {
        if (!file.notices().isEmpty()) {
            title("person.notices", false);
            file.notices()
                    .forEach(each -> console.println("  " + times.text(each.at()) + "  " + each.kind() + "  "
                            + word("state", each.state())
                            + (each.arrival().equals("unknown") ? "" : ", " + word("arrival", each.arrival()))
                            + (each.reply() == null ? "" : "  " + each.reply())));
        }
    }

    private void title(String key, boolean none) {
        console.println(words.text(key) + (none ? "  " + words.text("person.none") : ""));
    }

    private String word(String group, String value) {
        String key = group + "." + value;
        return words.has(key) ? words.text(key) : value;
    }
}
