package dev.rooster.cli;

import dev.rooster.bounce.JdbiStopRequests;
import dev.rooster.bounce.JdbiStopRequests.Answer;
import dev.rooster.bounce.StopRequest;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.subscriber.ConsentMethod;
import dev.rooster.subscriber.Evidence;
import dev.rooster.subscriber.JdbiSubscribers;
import dev.rooster.subscriber.RefusalScope;
import dev.rooster.subscriber.Subscriber;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Decides about a mail in which somebody asks to get no more. */
@Command(name = "answer", mixinStandardHelpOptions = true)
final class BounceAnswerCommand extends RoosterCommand {
    @Parameters(paramLabel = "ID", descriptionKey = "bounce.answer.id")
    private long id;

    @ArgGroup(multiplicity = "1")
    private Decision decision;

    @Mixin
    private JsonOption json;

    /** One of them. */
    static final class Decision {
        @Option(names = "--refuse", descriptionKey = "bounce.answer.refuse")
        private boolean refuse;

        @Option(names = "--dismiss", descriptionKey = "bounce.answer.dismiss")
        private boolean dismiss;
    }

    @Override
    protected int run(Session session) {
        boolean changed = session.app().database().jdbi().inTransaction(handle -> {
            StopRequest request = new JdbiStopRequests()
                    .find(handle, id)
                    .orElseThrow(() -> UserProblem.badInput(
                            session.text("bounce.answer.unknown", String.valueOf(id)),
                            session.text("bounce.answer.unknown.mend")));
            return decide(session, handle, request);
        });
        if (json.asked) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("id", id);
            result.put("answer", decision.refuse ? "refused" : "dismissed");
            result.put("changed", changed);
            session.json(result);
        } else {
            String key = !changed ? "already" : decision.refuse ? "refused" : "dismissed";
            session.console().println(session.text("bounce.answer." + key, String.valueOf(id)));
        }
        return Exit.DONE;
    }

    private boolean decide(Session session, Handle handle, StopRequest request) {
        Instant now = session.app().clock().instant();
        if (decision.refuse) {
            refuse(session, handle, request, now);
        }
        return new JdbiStopRequests()
                .answer(handle, id, decision.refuse ? Answer.REFUSED : Answer.DISMISSED, People.actor(), now);
    }

    /** From the newsletter they mean, or from all of them where that is not clear. */
    private void refuse(Session session, Handle handle, StopRequest request, Instant now) {
        Subscriber person = Optional.ofNullable(request.subscriber())
                .flatMap(known -> new JdbiSubscribers().find(handle, known))
                .orElseThrow(() -> UserProblem.failed(
                        session.text("bounce.answer.nobody", request.sender()),
                        session.text("bounce.answer.nobody.mend")));
        People people = new People(session);
        boolean all = request.newsletter() == null;
        Newsletter newsletter = all
                ? session.app().newsletters().all().get(0)
                : session.app().newsletters().get(request.newsletter());
        Evidence evidence = Evidence.of(now, ConsentMethod.OPERATOR, "bounce answer " + id + ", " + People.actor());
        RefusalScope scope = all ? RefusalScope.ALL_NEWSLETTERS : RefusalScope.THIS_NEWSLETTER;
        if (people.subscribing().refuse(handle, newsletter.id(), person.id(), evidence, scope)) {
            people.tellRefusal(handle, person, newsletter, evidence);
        }
    }
}
