package dev.rooster.bounce;

import dev.rooster.bounce.JdbiStopRequests.Answer;
import dev.rooster.db.Database;
import dev.rooster.mail.EmailAddress;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.newsletter.NewsletterId;
import dev.rooster.newsletter.Newsletters;
import dev.rooster.notice.Notices;
import dev.rooster.subscriber.ConsentMethod;
import dev.rooster.subscriber.Evidence;
import dev.rooster.subscriber.JdbiSubscribers;
import dev.rooster.subscriber.RefusalScope;
import dev.rooster.subscriber.Subscriber;
import dev.rooster.subscriber.Subscribing;
import dev.rooster.token.AddressHash;
import dev.rooster.token.Purpose;
import dev.rooster.token.Token;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What operators do about a letter that asks to stop: unsubscribe its writer, or put it aside. Decided once; who comes second
 * changes nothing. Thread-safe.
 */
public final class AnswerStopRequest {
    private final Database database;
    private final Newsletters newsletters;
    private final AddressHash hashes;
    private final Subscribing subscribing;
    private final TellRefusal tell;
    private final InstantSource clock;
    private final JdbiStopRequests requests = new JdbiStopRequests();
    private final JdbiSubscribers subscribers = new JdbiSubscribers();

    public AnswerStopRequest(
            Database database,
            Newsletters newsletters,
            AddressHash hashes,
            Subscribing subscribing,
            Notices notices,
            InstantSource clock) {
        this.database = database;
        this.newsletters = newsletters;
        this.hashes = hashes;
        this.subscribing = subscribing;
        this.tell = new TellRefusal(notices, newsletters);
        this.clock = clock;
    }

    /** What came of a decision. */
    public enum Outcome {
        /** It is in force. */
        DONE,
        /** It was decided before; nothing was changed. */
        ALREADY,
        /** Nobody known here wrote it, so there is nobody to unsubscribe; it is still to be decided. */
        NOBODY
    }

    /**
     * What a link is about; empty when its letter is not known here, or its person is no longer an operator of the newsletter.
     * Changes nothing.
     */
    public Optional<StopCase> open(Token token) {
        if (token.purpose() != Purpose.STOP_REQUEST || token.edition() == 0) {
            return Optional.empty();
        }
        Optional<Newsletter> newsletter = newsletters.findByPublicId(token.newsletter());
        Optional<String> operator = newsletter.flatMap(found -> operator(found, token.subscriber()));
        return operator.flatMap(who -> database.jdbi()
                .withHandle(handle -> requests.findByPublicId(handle, token.edition())
                        .map(request -> open(handle, newsletter.get(), who, request))));
    }

    private StopCase open(Handle handle, Newsletter newsletter, String operator, StopRequest request) {
        Optional<StopAnswer> answer = requests.answerOf(handle, request.id());
        return new StopCase(
                newsletter,
                operator,
                request,
                person(handle, request),
                answer,
                answer.isEmpty() && !requests.isOpen(handle, request.id()),
                !clock.instant().isBefore(request.linksUntil()));
    }

    /** Whoever is no longer in the settings may no longer decide, whatever links they kept. */
    private Optional<String> operator(Newsletter newsletter, long publicId) {
        if (publicId == 0) {
            return Optional.of("");
        }
        return newsletter.settings().operators().stream()
                .filter(address -> AddressHash.publicId(hashes.of(address.key())) == publicId)
                .map(EmailAddress::text)
                .findFirst();
    }

    /**
     * Decides. A refusal is from the newsletter that the letter means, or from all where that is not clear; the person is told
     * its result. In force at the commit.
     *
     * @param by who decides, as the record shows it; at most 60 characters are kept
     */
    public Outcome answer(StopRequest request, Answer answer, String by) {
        return database.jdbi().inTransaction(handle -> {
            Optional<Subscriber> person = person(handle, request);
            if (answer == Answer.REFUSED
                    && person.isEmpty()
                    && requests.answerOf(handle, request.id()).isEmpty()) {
                return Outcome.NOBODY;
            }
            Instant now = clock.instant();
            if (!requests.answer(handle, request.id(), answer, by, now)) {
                return Outcome.ALREADY;
            }
            if (answer == Answer.REFUSED) {
                refuse(handle, request, person.get(), by, now);
            }
            return Outcome.DONE;
        });
    }

    private void refuse(Handle handle, StopRequest request, Subscriber person, String by, Instant now) {
        NewsletterId newsletter = Optional.ofNullable(request.newsletter())
                .orElseGet(() -> newsletters.all().get(0).id());
        RefusalScope scope = request.newsletter() == null ? RefusalScope.ALL_NEWSLETTERS : RefusalScope.THIS_NEWSLETTER;
        Evidence evidence = Evidence.of(now, ConsentMethod.OPERATOR, "letter " + request.id() + ", answered by " + by);
        if (subscribing.refuse(handle, newsletter, person.id(), evidence, scope)) {
            tell.tell(handle, newsletter, person, now);
        }
    }

    private Optional<Subscriber> person(Handle handle, StopRequest request) {
        return Optional.ofNullable(request.subscriber()).flatMap(id -> subscribers.find(handle, id));
    }
}
