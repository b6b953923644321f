package dev.rooster.mail.event;

import static dev.rooster.mail.event.EventSamples.meaning;
import static dev.rooster.mail.event.EventSamples.only;
import static dev.rooster.mail.event.EventSamples.parse;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResendEventsTest {
    private static String event(String type, String more) {
        return """
                {"type": "%s", "created_at": "2026-10-06T22:05:01.126Z", "data": {"broadcast_id": null,
                 "created_at": "2026-10-06 22:04:59.894719+00", "email_id": "56761188-7520-42d8-8898-ff6fc54ce618",
                 "from": "News <news@example.com>", "to": ["Reader <reader@example.org>"], "subject": "소식"%s}}
                """.formatted(type, more);
    }

    private static String bounce(String type, String subType, String message, String diagnostic) {
        return event("email.bounced", """
                , "bounce": {"type": "%s", "subType": "%s", "message": "%s"%s}
                """.formatted(
                type, subType, message, diagnostic.isEmpty() ? "" : ", \"diagnosticCode\": [\"" + diagnostic + "\"]"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Permanent | General                  | hard bounce, no reason | smtp; 550 5.1.1 user unknown     | BOUNCE UNKNOWN_USER HARD
            Permanent | General                  | hard bounce, no reason | smtp; 550 5.7.26 unauthenticated | BOUNCE AUTHENTICATION SENDER_FAULT
            Permanent | General                  | hard bounce, no reason | ''                               | BOUNCE OTHER SOFT
            Permanent | NoEmail                  | hard bounce, no reason | ''                               | BOUNCE UNKNOWN_USER HARD
            Transient | MailboxFull              | soft bounce            | ''                               | BOUNCE MAILBOX_FULL SOFT
            Permanent | Suppressed               | on a suppression list  | ''                               | BOUNCE FILTERED SOFT
            Permanent | OnAccountSuppressionList | on a suppression list  | ''                               | BOUNCE FILTERED SOFT
            """)
    void bouncesAreJudgedByTheServersWordsOrAmazonsSubtype(
            String type, String subType, String message, String diagnostic, String meaning) {
        assertThat(meaning(Provider.RESEND, bounce(type, subType, message, diagnostic)))
                .isEqualTo(meaning);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            email.delivered        | DELIVERED OTHER NONE
            email.delivery_delayed | DELAYED OTHER NONE
            email.complained       | COMPLAINT COMPLAINT NONE
            """)
    void theOtherEventsAreRead(String type, String meaning) {
        assertThat(meaning(Provider.RESEND, event(type, ""))).isEqualTo(meaning);
    }

    @Test
    void whatResendItselfRefusedIsNobodysDeadAddress() {
        assertThat(meaning(
                        Provider.RESEND, event("email.failed", ", \"failed\": {\"reason\": \"reached_daily_quota\"}")))
                .isEqualTo("BOUNCE POLICY SENDER_FAULT");
    }

    @Test
    void headersThatComeBackLeadToTheDelivery() {
        MailEvent event = only(Provider.RESEND, event("email.delivered", """
                , "headers": [{"name": "Message-ID", "value": "<x@example.com>"},
                   {"name": "List-Unsubscribe", "value": "<https://news.example.com/u/y>"}]
                """));
        assertThat(event.original().messageId()).isEqualTo("<x@example.com>");
        assertThat(event.original().listUnsubscribe()).isEqualTo("<https://news.example.com/u/y>");
        assertThat(event.recipient().address()).isEqualTo("reader@example.org");
        assertThat(event.original().subject()).isEqualTo("소식");
        assertThat(event.at()).isEqualTo(Instant.parse("2026-10-06T22:05:01.126Z"));
    }

    @Test
    void openingsAndContactsMeanNothing() {
        assertThat(parse(Provider.RESEND, event("email.opened", "")).ignored()).isEqualTo(1);
        assertThat(parse(Provider.RESEND, event("contact.created", "")).ignored())
                .isEqualTo(1);
    }
}
