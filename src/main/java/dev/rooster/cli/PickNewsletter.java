package dev.rooster.cli;

import dev.rooster.newsletter.Newsletter;
import dev.rooster.newsletter.Newsletters;
import java.util.stream.Collectors;

/** Which newsletter a command is about: the named one, or the only one. */
final class PickNewsletter {
    private PickNewsletter() {}

    /** @throws UserProblem when the name is unknown, or there are several and none is named */
    static Newsletter of(Session session, NewsletterOption option) {
        Newsletters newsletters = session.app().newsletters();
        String names = newsletters.all().stream().map(Newsletter::name).collect(Collectors.joining(", "));
        if (option.name == null) {
            return newsletters
                    .only()
                    .orElseThrow(() -> UserProblem.badInput(
                            session.text("newsletter.which", names), session.text("newsletter.which.mend")));
        }
        return newsletters
                .find(option.name)
                .orElseThrow(() -> UserProblem.badInput(
                        session.text("newsletter.unknown", option.name),
                        session.text("newsletter.unknown.mend", names)));
    }
}
