package dev.rooster.cli;

import dev.rooster.subscriber.ConsentMethod;
import dev.rooster.subscriber.Evidence;
import dev.rooster.subscriber.Subscriber;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Erases a person: only a keyed hash remains, which keeps the address from being mailed or imported again. */
@Command(name = "erase", mixinStandardHelpOptions = true)
final class SubscriberEraseCommand extends RoosterCommand {
    @Parameters(paramLabel = "ADDRESS", descriptionKey = "subscriber.erase.address")
    private String address;

    @Option(names = "--yes", descriptionKey = "subscriber.erase.yes")
    private boolean yes;

    @Mixin
    private JsonOption json;

    @Override
    protected int run(Session session) throws IOException {
        People people = new People(session);
        Subscriber person = people.get(address);
        if (!yes && session.console().terminal() && !isConfirmed(session, people, person)) {
            session.console().println(people.text("erase.not"));
            return Exit.FAILED;
        }
        Evidence evidence = Evidence.of(
                session.app().clock().instant(), ConsentMethod.OPERATOR, "subscriber erase, " + People.actor());
        session.app().database().jdbi().useTransaction(handle -> {
            people.subscribing().erase(handle, person.id(), evidence);
            people.audit(handle, "subscriber erase", "hash " + person.addressHash());
        });
        if (json.asked) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("hash", person.addressHash());
            result.put("erased", true);
            session.json(result);
        } else {
            session.console().println(people.text("erase.done", person.addressHash()));
        }
        return Exit.DONE;
    }

    private static boolean isConfirmed(Session session, People people, Subscriber person) throws IOException {
        session.console().out().print(people.text("erase.ask", person.address().text()) + " ");
        session.console().out().flush();
        String typed =
                new BufferedReader(new InputStreamReader(session.console().in(), StandardCharsets.UTF_8)).readLine();
        return typed != null && typed.strip().equalsIgnoreCase(person.address().text());
    }
}
