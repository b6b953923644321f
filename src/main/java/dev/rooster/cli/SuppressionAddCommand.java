package dev.rooster.cli;

import dev.rooster.mail.EmailAddress;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.suppression.JdbiSuppressions;
import dev.rooster.suppression.RefusalEntry;
import dev.rooster.suppression.Suppression;
import dev.rooster.suppression.SuppressionReason;
import dev.rooster.suppression.SuppressionScope;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Adds addresses that must never be mailed; without {@code --newsletter}, by none. */
@Command(name = "add", mixinStandardHelpOptions = true)
final class SuppressionAddCommand extends RoosterCommand {
    @Parameters(paramLabel = "ADDRESS", arity = "1..*", descriptionKey = "suppression.add.address")
    private List<String> addresses;

    @Mixin
    private NewsletterOption newsletter;

    @Mixin
    private JsonOption json;

    @Override
    protected int run(Session session) {
        People people = new People(session);
        List<EmailAddress> checked = addresses.stream().map(people::address).toList();
        Newsletter target = newsletter.name == null ? null : PickNewsletter.of(session, newsletter);
        SuppressionScope scope = target == null ? SuppressionScope.all() : SuppressionScope.of(target.id());
        Instant now = session.app().clock().instant();
        int added = session.app().database().jdbi().inTransaction(handle -> {
            int count = 0;
            for (EmailAddress address : checked) {
                Suppression suppression = new Suppression(
                        people.hash(address),
                        scope,
                        SuppressionReason.MANUAL,
                        now,
                        "suppression add, " + People.actor(),
                        address.text());
                count += new JdbiSuppressions().add(handle, suppression) ? 1 : 0;
            }
            people.audit(handle, "suppression add", count + " addresses");
            people.refusals()
                    .append(checked.stream()
                            .map(address -> new RefusalEntry(
                                    now,
                                    target == null ? 0 : target.publicId(),
                                    people.hash(address),
                                    RefusalEntry.Kind.SUPPRESSED))
                            .toList());
            return count;
        });
        if (json.asked) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("addresses", checked.size());
            result.put("added", added);
            session.json(result);
        } else {
            session.console().println(people.text("suppression.added", added, checked.size() - added));
        }
        return Exit.DONE;
    }
}
