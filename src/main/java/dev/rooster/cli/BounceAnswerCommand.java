package dev.rooster.cli;

import dev.rooster.bounce.AnswerStopRequest.Outcome;
import dev.rooster.bounce.JdbiStopRequests;
import dev.rooster.bounce.JdbiStopRequests.Answer;
import dev.rooster.bounce.StopRequest;
import java.util.LinkedHashMap;
import java.util.Map;
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
        StopRequest request = session.app()
                .database()
                .jdbi()
                .withHandle(handle -> new JdbiStopRequests().find(handle, id))
                .orElseThrow(() -> UserProblem.badInput(
                        session.text("bounce.answer.unknown", String.valueOf(id)),
                        session.text("bounce.answer.unknown.mend")));
        Answer answer = decision.refuse ? Answer.REFUSED : Answer.DISMISSED;
        Outcome outcome = session.app().delivering().stopRequests().answer(request, answer, People.actor());
        if (outcome == Outcome.NOBODY) {
            throw UserProblem.failed(
                    session.text("bounce.answer.nobody", request.sender()), session.text("bounce.answer.nobody.mend"));
        }
        boolean changed = outcome == Outcome.DONE;
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
}
