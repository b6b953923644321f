package dev.rooster.mail.event;

import static dev.rooster.mail.event.EventSamples.TOKEN;
import static dev.rooster.mail.event.EventSamples.meaning;
import static dev.rooster.mail.event.EventSamples.only;
import static dev.rooster.mail.event.EventSamples.parse;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SendGridEventsTest {
    private static String event(String word, String status, String words) {
        return """
                [{"email": "reader@example.org", "timestamp": 1791324301, "smtp-id": "<x@example.com>", "event": "%s",
                  "category": ["c"], "sg_event_id": "bounce-0-MjUzMDc1NjE", "sg_message_id": "14c5d75ce93.dfd.64b469.filter0",
                  "rooster": "%s", "reason": "%s", "response": "%s", "status": "%s", "type": "bounce", "attempt": "5"}]
                """.formatted(word, TOKEN, words, words, status);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            delivered         | ''    | 250 OK                                            | DELIVERED OTHER NONE
            deferred          | ''    | 450 4.2.1 rate limited, try again later           | DELAYED RATE NONE
            bounce            | 5.1.1 | 550 5.1.1 The email account does not exist        | BOUNCE UNKNOWN_USER HARD
            bounce            | 5.0.0 | 500 unknown recipient                             | BOUNCE UNKNOWN_USER HARD
            bounce            | 5.7.1 | 550 5.7.1 [192.0.2.1] is listed on a blocklist    | BOUNCE REPUTATION SENDER_FAULT
            bounce            | 5.2.2 | 552 5.2.2 mailbox full                            | BOUNCE MAILBOX_FULL SOFT
            dropped           | ''    | Bounced Address                                   | BOUNCE FILTERED SOFT
            dropped           | ''    | Invalid                                           | BOUNCE UNKNOWN_USER HARD
            dropped           | ''    | Unsubscribed Address                              | UNSUBSCRIBED OTHER NONE
            dropped           | ''    | Spam Reporting Address                            | COMPLAINT COMPLAINT NONE
            dropped           | ''    | Spam Content (if spam checker app enabled)        | BOUNCE POLICY SENDER_FAULT
            spamreport        | ''    | ''                                                | COMPLAINT COMPLAINT NONE
            unsubscribe       | ''    | ''                                                | UNSUBSCRIBED OTHER NONE
            group_unsubscribe | ''    | ''                                                | UNSUBSCRIBED OTHER NONE
            """)
    void eachEventIsJudged(String word, String status, String words, String meaning) {
        assertThat(meaning(Provider.SENDGRID, event(word, status, words))).isEqualTo(meaning);
    }

    @Test
    void theUniqueArgumentAndTheMessageIdComeBack() {
        MailEvent event = only(Provider.SENDGRID, event("bounce", "5.1.1", "550 5.1.1 no such user"));
        assertThat(event.id()).isEqualTo("bounce-0-MjUzMDc1NjE");
        assertThat(event.at()).isEqualTo(Instant.ofEpochSecond(1791324301));
        assertThat(event.original().envelopeId()).isEqualTo(TOKEN);
        assertThat(event.original().messageId()).isEqualTo("<x@example.com>");
    }

    @Test
    void openingsMeanNothing() {
        assertThat(parse(Provider.SENDGRID, event("open", "", "")).ignored()).isEqualTo(1);
        assertThat(parse(Provider.SENDGRID, event("group_resubscribe", "", "")).ignored())
                .isEqualTo(1);
    }
}
