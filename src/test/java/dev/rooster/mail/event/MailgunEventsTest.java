package dev.rooster.mail.event;

import static dev.rooster.mail.event.EventSamples.meaning;
import static dev.rooster.mail.event.EventSamples.only;
import static dev.rooster.mail.event.EventSamples.parse;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailgunEventsTest {
    static String event(String word, String severity, String reason, String code, String message) {
        return """
                {"signature": {"timestamp": "1791324301", "token": "t", "signature": "s"},
                 "event-data": {"event": "%s", "severity": "%s", "reason": "%s", "id": "G9Bn5sl1TC6nu79C8C0bwg",
                  "timestamp": 1791324301.905801, "log-level": "error", "recipient": "reader@example.org",
                  "recipient-domain": "example.org", "tags": [], "campaigns": [], "user-variables": {},
                  "envelope": {"sender": "b+x@example.com", "transport": "smtp", "targets": "reader@example.org"},
                  "message": {"headers": {"to": "reader@example.org", "message-id": "x@example.com",
                   "from": "news@example.com", "subject": "소식"}, "attachments": [], "size": 867},
                  "reject": {"reason": "Sandbox subdomains are for test purposes only", "description": ""},
                  "delivery-status": {"attempt-no": 1, "mx-host": "mx.example.org", "code": %s, "message": "%s",
                   "description": "", "session-seconds": 0.4}}}
                """.formatted(word, severity, reason, code, message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            delivered    | ''        | ''                   | 250 | OK                                        | DELIVERED OTHER NONE
            failed       | temporary | generic              | 450 | Recipient address rejected: Greylisted    | DELAYED GREYLISTED NONE
            failed       | permanent | bounce               | 550 | 5.1.1 The email account does not exist    | BOUNCE UNKNOWN_USER HARD
            failed       | permanent | bounce               | 550 | 5.7.1 Message rejected due to DMARC policy | BOUNCE AUTHENTICATION SENDER_FAULT
            failed       | permanent | old                  | 602 | Too old                                   | BOUNCE OTHER SOFT
            failed       | permanent | espblock             | 550 | ''                                        | BOUNCE REPUTATION SENDER_FAULT
            failed       | permanent | suppress-bounce      | 605 | Not delivering to previously bounced address | BOUNCE FILTERED SOFT
            failed       | permanent | suppress-complaint   | 607 | Not delivering to a user who marked your messages as spam | COMPLAINT COMPLAINT NONE
            failed       | permanent | suppress-unsubscribe | 606 | Not delivering to unsubscribed address    | UNSUBSCRIBED OTHER NONE
            rejected     | ''        | ''                   | 0   | ''                                        | BOUNCE CONTENT SENDER_FAULT
            complained   | ''        | ''                   | 0   | ''                                        | COMPLAINT COMPLAINT NONE
            unsubscribed | ''        | ''                   | 0   | ''                                        | UNSUBSCRIBED OTHER NONE
            """)
    void eachEventIsJudged(String word, String severity, String reason, String code, String message, String meaning) {
        assertThat(meaning(Provider.MAILGUN, event(word, severity, reason, code, message)))
                .isEqualTo(meaning);
    }

    @Test
    void ourMessageIdAndEnvelopeSenderComeBack() {
        MailEvent event = only(Provider.MAILGUN, event("delivered", "", "", "250", "OK"));
        assertThat(event.id()).isEqualTo("G9Bn5sl1TC6nu79C8C0bwg");
        assertThat(event.at()).isEqualTo(Instant.ofEpochSecond(1791324301));
        assertThat(event.original().messageId()).isEqualTo("x@example.com");
        assertThat(event.original().envelopeSender()).isEqualTo("b+x@example.com");
    }

    @Test
    void openingsMeanNothing() {
        assertThat(parse(Provider.MAILGUN, event("opened", "", "", "0", "")).ignored())
                .isEqualTo(1);
    }
}
