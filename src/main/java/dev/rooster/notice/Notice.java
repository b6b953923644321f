package dev.rooster.notice;

import dev.rooster.language.Language;
import dev.rooster.mail.EmailAddress;
import dev.rooster.newsletter.NewsletterId;
import java.time.Instant;
import java.util.Map;

/**
 * One notice as stored.
 *
 * @param publicId random; its name in links, its Message-ID and its envelope sender
 * @param personHash keyed hash of the recipient's address
 * @param cause what it answers, in the words of whoever put it in; unique with person and kind
 * @param newsletter null: about the installation
 * @param recipient null once forgotten
 * @param payload values for the template, by name
 * @param state see {@link NoticeState}
 * @param attempts how often a relay was asked to take it
 * @param uncertainCount how often the connection broke after the final dot
 * @param answeredAt when a confirmation's button was pressed; null: not yet
 */
public record Notice(
        long id,
        long publicId,
        NoticeKind kind,
        String personHash,
        String cause,
        NewsletterId newsletter,
        EmailAddress recipient,
        Language language,
        Map<String, String> payload,
        NoticeState state,
        int attempts,
        int uncertainCount,
        Instant createdAt,
        Instant expiresAt,
        Instant answeredAt) {

    /** Without address and payload: a whole address never reaches a log by accident. */
    @Override
    public String toString() {
        return "Notice[" + id + " " + kind.word() + " " + state.word() + "]";
    }
}
