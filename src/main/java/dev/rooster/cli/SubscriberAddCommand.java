package dev.rooster.cli;

import dev.rooster.language.Language;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.subscriber.ConsentMethod;
import dev.rooster.subscriber.Evidence;
import dev.rooster.subscriber.GrantOutcome;
import dev.rooster.subscriber.NewSubscriber;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds one person whose consent reached the operator. */
@Command(name = "add", mixinStandardHelpOptions = true)
final class SubscriberAddCommand extends RoosterCommand {
    @Parameters(paramLabel = "ADDRESS", descriptionKey = "subscriber.add.address")
    private String address;

    @Option(names = "--name", paramLabel = "NAME", descriptionKey = "subscriber.add.name")
    private String name;

    @Option(names = "--language", paramLabel = "ko|en", descriptionKey = "subscriber.add.language")
    private Language language;

    @Option(names = "--attribute", paramLabel = "NAME=VALUE", descriptionKey = "subscriber.add.attribute")
    private Map<String, String> attributes = new LinkedHashMap<>();

    @Option(names = "--consent", paramLabel = "HOW", descriptionKey = "subscriber.add.consent")
    private String consent;

    @Mixin
    private NewsletterOption newsletter;

    @Mixin
    private JsonOption json;

    @Override
    protected int run(Session session) {
        People people = new People(session);
        Newsletter target = PickNewsletter.of(session, newsletter);
        NewSubscriber person = person(people);
        Evidence evidence = Evidence.of(
                session.app().clock().instant(),
                ConsentMethod.OPERATOR,
                "subscriber add, " + People.actor() + (consent == null ? "" : "; " + consent));
        GrantOutcome outcome = session.app().database().jdbi().inTransaction(handle -> {
            GrantOutcome result = people.subscribing().grant(handle, target.id(), person, evidence);
            if (result instanceof GrantOutcome.Granted granted) {
                people.tellWelcome(handle, granted.subscriber(), target, evidence);
            }
            return result;
        });
        if (outcome instanceof GrantOutcome.Blocked blocked) {
            throw UserProblem.failed(
                    people.text(
                            "add.blocked",
                            person.address().text(),
                            people.text("reason." + blocked.reason().text())),
                    people.text("add.blocked.mend"));
        }
        boolean added = outcome instanceof GrantOutcome.Granted;
        if (json.asked) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("address", person.address().text());
            result.put("newsletter", target.name());
            result.put("state", "active");
            result.put("added", added);
            session.json(result);
        } else {
            session.console()
                    .println(people.text(
                            added ? "add.done" : "add.already", person.address().text(), target.name()));
        }
        return Exit.DONE;
    }

    private NewSubscriber person(People people) {
        try {
            return new NewSubscriber(people.address(address), name, language, attributes);
        } catch (IllegalArgumentException e) {
            throw UserProblem.badInput(people.text("add.name"), null);
        }
    }
}
