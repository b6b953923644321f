package dev.rooster.web;

import dev.rooster.language.Language;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.newsletter.NewsletterId;
import dev.rooster.subscriber.Subscriber;
import dev.rooster.token.Token;
import java.util.Optional;

/**
 * Who came by a link that is genuine.
 *
 * @param newsletter its row; empty when this database does not know it (restored from an older copy)
 * @param publication its settings; empty also when it left them: its links work for ever
 * @param reader empty when erased, or not known to this database
 */
record Visit(
        Token token,
        boolean test,
        Optional<NewsletterId> newsletter,
        Optional<Newsletter> publication,
        Optional<Subscriber> reader) {

    Frame frame() {
        return publication.map(Frame::of).orElseGet(Frame::bare).asTest(test);
    }

    /** Null when the reader's language is not known. */
    Language readersLanguage() {
        return reader.map(Subscriber::language).orElse(null);
    }

    Language newslettersLanguage() {
        return publication.map(found -> found.settings().language()).orElse(Language.KO);
    }

    String maskedAddress() {
        return reader.map(found -> found.address().masked()).orElse("");
    }
}
