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

class BrevoEventsTest {
    private static String event(String word, String reason) {
        return """
                {"event": "%s", "email": "reader@example.org", "id": 26224, "date": "2026-10-07 07:05:01", "ts": 1791327901,
                 "message-id": "<202610062205.1@smtp-relay.mailin.fr>", "ts_event": 1791324301, "subject": "소식",
                 "X-Mailin-custom": "%s", "sending_ip": "192.0.2.1", "ts_epoch": 1791324301500, "tags": [], "reason": "%s"}
                """.formatted(word, TOKEN, reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            delivered     | sent                                                   | DELIVERED OTHER NONE
            deferred      | 451 4.7.1 Greylisting in action                        | DELAYED GREYLISTED NONE
            hard_bounce   | 550 5.1.1 user unknown                                 | BOUNCE UNKNOWN_USER HARD
            hard_bounce   | 554 5.7.1 message rejected, sender IP is on a blocklist | BOUNCE REPUTATION SENDER_FAULT
            soft_bounce   | 552 5.2.2 mailbox full                                 | BOUNCE MAILBOX_FULL SOFT
            invalid_email | ''                                                     | BOUNCE UNKNOWN_USER HARD
            blocked       | blocked : due to blacklist user                        | BOUNCE FILTERED SOFT
            error         | ''                                                     | BOUNCE SYSTEM SOFT
            spam          | ''                                                     | COMPLAINT COMPLAINT NONE
            complaint     | ''                                                     | COMPLAINT COMPLAINT NONE
            unsubscribed  | ''                                                     | UNSUBSCRIBED OTHER NONE
            """)
    void eachEventIsJudged(String word, String reason, String meaning) {
        assertThat(meaning(Provider.BREVO, event(word, reason))).isEqualTo(meaning);
    }

    @Test
    void theMomentIsTakenFromTheOneFieldThatIsInUtc() {
        MailEvent event = only(Provider.BREVO, event("delivered", ""));
        assertThat(event.at()).isEqualTo(Instant.ofEpochMilli(1791324301500L));
        assertThat(event.original().envelopeId()).isEqualTo(TOKEN);
    }

    @Test
    void aBatchIsAList() {
        ParsedEvents parsed = parse(
                Provider.BREVO,
                "[" + event("delivered", "") + "," + event("opened", "") + ","
                        + event("hard_bounce", "550 5.1.1 no user") + ", {\"event\": \"delivered\"}, 7]");
        assertThat(parsed.events()).hasSize(2);
        assertThat(parsed.ignored()).isEqualTo(2);
        assertThat(parsed.unreadable()).isEqualTo(1);
    }
}
