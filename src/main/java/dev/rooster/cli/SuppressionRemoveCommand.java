package dev.rooster.cli;

import dev.rooster.mail.EmailAddress;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.subscriber.JdbiOrphanRefusals;
import dev.rooster.suppression.JdbiSuppressions;
import dev.rooster.suppression.RefusalEntry;
import dev.rooster.suppression.Suppression;
import dev.rooster.suppression.SuppressionScope;
import dev.rooster.token.AddressHash;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lifts the suppressions of an address, or with {@code --newsletter} that of one newsletter. Who unsubscribed stays unsubscribed; the address may only be added again. */
@Command(name = "remove", mixinStandardHelpOptions = true)
final class SuppressionRemoveCommand extends RoosterCommand {
    @Parameters(paramLabel = "ADDRESS", descriptionKey = "suppression.remove.address")
    private String address;

    @Mixin
    private NewsletterOption newsletter;

    @Mixin
    private JsonOption json;

    @Override
    protected int run(Session session) {
        People people = new People(session);
        EmailAddress checked = people.address(address);
        Newsletter target = newsletter.name == null ? null : PickNewsletter.of(session, newsletter);
        String hash = people.hash(checked);
        RefusalEntry lifted = new RefusalEntry(
                session.app().clock().instant(),
                target == null ? 0 : target.publicId(),
                hash,
                RefusalEntry.Kind.LIFTED);
        boolean removed = session.app().database().jdbi().inTransaction(handle -> {
            boolean found = false;
            JdbiSuppressions suppressions = new JdbiSuppressions();
            for (Suppression suppression : suppressions.findAll(handle, hash)) {
                if (target == null || suppression.scope().equals(SuppressionScope.of(target.id()))) {
                    found |= suppressions.remove(handle, hash, suppression.scope());
                }
            }
            for (Newsletter each : session.app().newsletters()) {
                if (target == null || target.id().equals(each.id())) {
                    found |= new JdbiOrphanRefusals().remove(handle, each.id(), AddressHash.publicId(hash));
                }
            }
            if (found) {
                people.audit(handle, "suppression remove", "hash " + hash);
                handle.afterCommit(() -> people.refusals().append(List.of(lifted)));
            }
            return found;
        });
        if (!removed) {
            throw UserProblem.failed(
                    people.text("suppression.none", checked.text()), people.text("suppression.none.mend"));
        }
        if (json.asked) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("address", checked.text());
            result.put("removed", true);
            session.json(result);
        } else {
            session.console().println(people.text("suppression.removed", checked.text()));
        }
        return Exit.DONE;
    }
}
