package dev.rooster.cli;

import dev.rooster.db.JdbiAudit;
import dev.rooster.language.Language;
import dev.rooster.language.Messages;
import dev.rooster.mail.AddressCheck;
import dev.rooster.mail.EmailAddress;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.notice.NoticeKind;
import dev.rooster.subscriber.Evidence;
import dev.rooster.subscriber.Subscriber;
import dev.rooster.subscriber.Subscribing;
import dev.rooster.suppression.RefusalLog;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What the commands about people share: reading an address, finding its person, noting who did it. */
final class People {
    private final Session session;
    private final Messages messages;

    People(Session session) {
        this.session = session;
        this.messages = Messages.of(Subscribing.class, session.language());
    }

    String text(String key, Object... args) {
        return messages.text(key, args);
    }

    /** @throws UserProblem when it is no address */
    EmailAddress address(String text) {
        AddressCheck check = EmailAddress.check(text);
        if (check instanceof AddressCheck.Invalid invalid) {
            String problem = Messages.of(EmailAddress.class, session.language())
                    .text(invalid.problem().key(), invalid.found());
            throw UserProblem.badInput(problem, text("address.mend"));
        }
        return ((AddressCheck.Valid) check).address();
    }

    Optional<Subscriber> find(EmailAddress address) {
        return session.app()
                .database()
                .jdbi()
                .withHandle(handle -> subscribing().find(handle, address));
    }

    /** @throws UserProblem when nobody has that address */
    Subscriber get(String text) {
        EmailAddress address = address(text);
        return find(address).orElseThrow(() -> UserProblem.failed(text("nobody", address.text()), text("nobody.mend")));
    }

    String hash(EmailAddress address) {
        return session.app().keys().addressHash().of(address.key());
    }

    RefusalLog refusals() {
        return new RefusalLog(session.app().data());
    }

    Subscribing subscribing() {
        return session.app().subscribing();
    }

    /** The result of a consent, told to the person within 14 days (Network Act art. 50(7)). */
    void tellWelcome(Handle handle, Subscriber person, Newsletter newsletter, Evidence evidence) {
        session.app().notices().withdraw(handle, person.address(), NoticeKind.REFUSAL, newsletter.id());
        tell(NoticeKind.WELCOME, handle, person, newsletter, evidence);
    }

    /** The result of a refusal, told likewise. */
    void tellRefusal(Handle handle, Subscriber person, Newsletter newsletter, Evidence evidence) {
        session.app().notices().withdraw(handle, person.address(), NoticeKind.WELCOME, newsletter.id());
        tell(NoticeKind.REFUSAL, handle, person, newsletter, evidence);
    }

    private void tell(NoticeKind kind, Handle handle, Subscriber person, Newsletter newsletter, Evidence evidence) {
        Language language = person.language() == null ? newsletter.settings().language() : person.language();
        String cause = newsletter.id().value() + " " + evidence.at();
        session.app().notices().enqueue(kind, person.address(), cause, newsletter.id(), language, Map.of(), handle);
    }

    void audit(Handle handle, String action, String detail) {
        new JdbiAudit().record(handle, session.app().clock().instant(), actor(), action, detail);
    }

    static String actor() {
        return "cli:" + System.getProperty("user.name", "unknown");
    }
}
