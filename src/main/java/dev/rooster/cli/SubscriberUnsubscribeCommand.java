package dev.rooster.cli;

import dev.rooster.newsletter.Newsletter;
import dev.rooster.subscriber.ConsentMethod;
import dev.rooster.subscriber.Evidence;
import dev.rooster.subscriber.RefusalScope;
import dev.rooster.subscriber.Subscriber;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Unsubscribes a person who asked an operator to. */
@Command(name = "unsubscribe", mixinStandardHelpOptions = true)
final class SubscriberUnsubscribeCommand extends RoosterCommand {
    @Parameters(paramLabel = "ADDRESS", descriptionKey = "subscriber.unsubscribe.address")
    private String address;

    @Option(names = "--all", descriptionKey = "subscriber.unsubscribe.all")
    private boolean all;

    @Mixin
    private NewsletterOption newsletter;

    @Mixin
    private JsonOption json;

    @Override
    protected int run(Session session) {
        People people = new People(session);
        Subscriber person = people.get(address);
        Newsletter target = all && newsletter.name == null
                ? session.app().newsletters().all().get(0)
                : PickNewsletter.of(session, newsletter);
        Evidence evidence = Evidence.of(
                session.app().clock().instant(), ConsentMethod.OPERATOR, "subscriber unsubscribe, " + People.actor());
        RefusalScope scope = all ? RefusalScope.ALL_NEWSLETTERS : RefusalScope.THIS_NEWSLETTER;
        boolean changed = session.app().database().jdbi().inTransaction(handle -> {
            boolean refused = people.subscribing().refuse(handle, target.id(), person.id(), evidence, scope);
            if (refused) {
                people.tellRefusal(handle, person, target, evidence);
            }
            return refused;
        });
        if (json.asked) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("address", person.address().text());
            result.put("newsletter", all ? null : target.name());
            result.put("changed", changed);
            session.json(result);
        } else {
            String what = all ? people.text("unsubscribe.all") : target.name();
            session.console()
                    .println(people.text(
                            changed ? "unsubscribe.done" : "unsubscribe.already",
                            person.address().text(),
                            what));
        }
        return Exit.DONE;
    }
}
