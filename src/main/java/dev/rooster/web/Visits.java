package dev.rooster.web;

import dev.rooster.db.Database;
import dev.rooster.newsletter.JdbiNewsletters;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.newsletter.NewsletterId;
import dev.rooster.newsletter.Newsletters;
import dev.rooster.subscriber.JdbiSubscribers;
import dev.rooster.subscriber.Subscriber;
import dev.rooster.token.Purpose;
import dev.rooster.token.Token;
import dev.rooster.token.Tokens;
import java.util.Optional;

/** Opens the links of mails. Thread-safe. */
final class Visits {
    private final Tokens tokens;
    private final Newsletters newsletters;
    private final JdbiNewsletters rows;
    private final Database database;
    private final JdbiSubscribers subscribers = new JdbiSubscribers();

    Visits(Tokens tokens, Newsletters newsletters, JdbiNewsletters rows, Database database) {
        this.tokens = tokens;
        this.newsletters = newsletters;
        this.rows = rows;
        this.database = database;
    }

    /**
     * Who comes by a link of this purpose, or by the like link of a test send. Empty when it is not genuine; then as much is looked up
     * as for a genuine one, so that how long it takes tells nothing.
     */
    Optional<Visit> open(String text, Purpose purpose) {
        Optional<Token> token =
                tokens.open(text).filter(found -> found.purpose() == purpose || found.purpose() == Purpose.TEST);
        long newsletterId = token.map(Token::newsletter).orElse(0L);
        long readerId = token.map(Token::subscriber).orElse(0L);
        Optional<NewsletterId> newsletter = rows.findId(newsletterId);
        Optional<Newsletter> publication = newsletters.findByPublicId(newsletterId);
        Optional<Subscriber> reader =
                database.jdbi().withHandle(handle -> subscribers.findByPublicId(handle, readerId));
        return token.map(found -> new Visit(found, found.purpose() == Purpose.TEST, newsletter, publication, reader));
    }
}
