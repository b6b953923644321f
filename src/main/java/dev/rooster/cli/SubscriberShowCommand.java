package dev.rooster.cli;

import dev.rooster.mail.AddressCheck;
import dev.rooster.mail.EmailAddress;
import dev.rooster.report.JdbiPersonFile;
import dev.rooster.report.PersonFile;
import dev.rooster.subscriber.JdbiSubscribers;
import dev.rooster.subscriber.Subscriber;
import dev.rooster.suppression.JdbiSuppressions;
import dev.rooster.suppression.Suppression;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows everything known of a person. */
@Command(name = "show", mixinStandardHelpOptions = true)
final class SubscriberShowCommand extends RoosterCommand {
    @Parameters(paramLabel = "WHO", descriptionKey = "subscriber.show.who")
    private String who;

    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = PositiveNumber.class,
            descriptionKey = "subscriber.show.limit",
            defaultValue = "20")
    private int limit;

    @Mixin
    private JsonOption json;

    @Override
    protected int run(Session session) {
        People people = new People(session);
        List<Subscriber> found = session.app()
                .database()
                .jdbi()
                .withHandle(handle -> new JdbiSubscribers()
                        .search(handle, canonical(), session.app().keys().addressHash(), limit + 1));
        List<Subscriber> shown = found.size() > limit ? found.subList(0, limit) : found;
        JdbiPersonFile files = new JdbiPersonFile(session.app().database().jdbi());
        List<PersonFile> persons = shown.stream().map(files::get).toList();
        if (json.asked) {
            session.json(persons.stream().map(PersonFile::json).toList());
        } else {
            PersonPrinter printer = new PersonPrinter(session);
            persons.forEach(printer::print);
        }
        if (found.size() > limit) {
            session.console().err().println(people.text("show.more", limit));
        }
        if (found.isEmpty()) {
            throw UserProblem.failed(people.text("nobody", who), formerly(session, people));
        }
        return Exit.DONE;
    }

    /** A whole address in its canonical form, so that an IDN or capitals find it; other texts as they are. */
    private String canonical() {
        return EmailAddress.check(who) instanceof AddressCheck.Valid valid
                ? valid.address().key()
                : who;
    }

    /** An erased person leaves a hash that only the address itself finds. */
    private String formerly(Session session, People people) {
        if (EmailAddress.check(who) instanceof AddressCheck.Valid valid) {
            List<Suppression> suppressions = session.app()
                    .database()
                    .jdbi()
                    .withHandle(handle -> new JdbiSuppressions().findAll(handle, people.hash(valid.address())));
            if (!suppressions.isEmpty()) {
                Suppression first = suppressions.get(0);
                return people.text(
                        "show.suppressed",
                        people.text("reason." + first.reason().text()),
                        first.since().toString());
            }
        }
        return people.text("nobody.mend");
    }
}
