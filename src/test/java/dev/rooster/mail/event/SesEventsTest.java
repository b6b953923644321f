package dev.rooster.mail.event;

import static dev.rooster.mail.event.EventSamples.meaning;
import static dev.rooster.mail.event.EventSamples.only;
import static dev.rooster.mail.event.EventSamples.parse;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SesEventsTest {
    private static final String MAIL = """
            "mail": {"timestamp": "2026-10-06T22:05:00.000Z", "source": "b+x@example.com",
             "sourceArn": "arn:aws:ses:ap-northeast-2:123456789012:identity/example.com", "sendingAccountId": "123456789012",
             "messageId": "00000138111222aa-33322211", "destination": ["reader@example.org"], "headersTruncated": false,
             "headers": [{"name": "From", "value": "News <news@example.com>"}, {"name": "Message-ID", "value": "<y@example.com>"},
              {"name": "List-Unsubscribe", "value": "<https://news.example.com/u/z>"}],
             "commonHeaders": {"from": ["News <news@example.com>"], "messageId": "<y@example.com>", "subject": "소식"}}
            """;

    private static String record(String form, String type, String more) {
        return "{\"" + form + "\": \"" + type + "\", " + more + ", " + MAIL + "}";
    }

    private static String bounce(String type, String subType, String recipient) {
        return record("notificationType", "Bounce", """
                "bounce": {"bounceType": "%s", "bounceSubType": "%s", "reportingMTA": "dns; a8-70.smtp-out.amazonses.com",
                 "bouncedRecipients": [{"emailAddress": "reader@example.org"%s}],
                 "timestamp": "2026-10-06T22:05:01.000Z", "feedbackId": "0000013786031775-1"}
                """.formatted(type, subType, recipient));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Permanent    | General                  | 5.1.1 | smtp; 550 5.1.1 <reader@example.org>... User unknown | BOUNCE UNKNOWN_USER HARD
            Permanent    | General                  | 5.7.1 | smtp; 554 5.7.1 Message refused, your IP is on a blocklist | BOUNCE REPUTATION SENDER_FAULT
            Permanent    | General                  | ''    | ''                                               | BOUNCE OTHER SOFT
            Permanent    | NoEmail                  | ''    | ''                                               | BOUNCE UNKNOWN_USER HARD
            Permanent    | Suppressed               | 5.1.1 | Amazon SES has suppressed sending to this address | BOUNCE FILTERED SOFT
            Permanent    | OnAccountSuppressionList | 5.1.1 | Amazon SES did not send the message to this address | BOUNCE FILTERED SOFT
            Transient    | General                  | 4.4.7 | smtp; 550 4.4.7 Message expired: unable to deliver in 840 minutes | BOUNCE EXPIRED SOFT
            Transient    | MailboxFull              | ''    | ''                                               | BOUNCE MAILBOX_FULL SOFT
            Transient    | MessageTooLarge          | ''    | ''                                               | BOUNCE SIZE SENDER_FAULT
            Transient    | ContentRejected          | ''    | ''                                               | BOUNCE CONTENT SENDER_FAULT
            Undetermined | Undetermined             | ''    | ''                                               | BOUNCE OTHER SOFT
            """)
    void theServersWordsGoBeforeAmazonsType(
            String type, String subType, String status, String diagnostic, String meaning) {
        String recipient = (status.isEmpty() ? "" : ", \"action\": \"failed\", \"status\": \"" + status + "\"")
                + (diagnostic.isEmpty() ? "" : ", \"diagnosticCode\": \"" + diagnostic + "\"");
        assertThat(meaning(Provider.SES, bounce(type, subType, recipient))).isEqualTo(meaning);
    }

    @ParameterizedTest
    @ValueSource(strings = {"notificationType", "eventType"})
    void bothFormsAreRead(String form) {
        assertThat(meaning(Provider.SES, record(form, "Delivery", """
                "delivery": {"timestamp": "2026-10-06T22:05:02.500Z", "processingTimeMillis": 546,
                 "recipients": ["reader@example.org"], "smtpResponse": "250 ok: Message 64111812 accepted"}
                """))).isEqualTo("DELIVERED OTHER NONE");
        assertThat(meaning(Provider.SES, record(form, "Complaint", """
                "complaint": {"complainedRecipients": [{"emailAddress": "reader@example.org"}], "feedbackId": "c1",
                 "timestamp": "2026-10-06T22:05:02Z", "complaintFeedbackType": "abuse"}
                """))).isEqualTo("COMPLAINT COMPLAINT NONE");
        assertThat(meaning(Provider.SES, record(form, "DeliveryDelay", """
                "deliveryDelay": {"timestamp": "2026-10-06T22:05:02Z", "delayType": "TransientCommunicationFailure",
                 "expirationTime": "2026-10-07T12:05:02Z", "delayedRecipients": [{"emailAddress": "reader@example.org",
                  "status": "4.4.1", "diagnosticCode": "smtp; 421 4.4.1 Unable to connect to remote host"}]}
                """))).startsWith("DELAYED NETWORK");
        assertThat(meaning(Provider.SES, record(form, "Reject", "\"reject\": {\"reason\": \"Bad content\"}")))
                .isEqualTo("BOUNCE CONTENT SENDER_FAULT");
    }

    @Test
    void whoTakesAComplaintBackHasNotComplained() {
        assertThat(parse(Provider.SES, record("eventType", "Complaint", """
                "complaint": {"complainedRecipients": [{"emailAddress": "reader@example.org"}], "feedbackId": "c1",
                 "complaintFeedbackType": "not-spam"}
                """)).ignored())
                .isEqualTo(1);
    }

    @Test
    void onlyWhoRefusesEverythingAtAmazonsPageRefusesUs() {
        String preferences = "\"subscription\": {\"newTopicPreferences\": {\"unsubscribeAll\": %s}}";
        assertThat(meaning(Provider.SES, record("eventType", "Subscription", preferences.formatted("true"))))
                .isEqualTo("UNSUBSCRIBED OTHER NONE");
        assertThat(parse(Provider.SES, record("eventType", "Subscription", preferences.formatted("false")))
                        .ignored())
                .isEqualTo(1);
    }

    @Test
    void theEnvelopeSenderAndOurHeadersComeBack() {
        MailEvent event = only(Provider.SES, bounce("Permanent", "General", ", \"status\": \"5.1.1\""));
        assertThat(event.id()).isEqualTo("0000013786031775-1");
        assertThat(event.at()).isEqualTo(Instant.parse("2026-10-06T22:05:01Z"));
        assertThat(event.original().envelopeSender()).isEqualTo("b+x@example.com");
        assertThat(event.original().messageId()).isEqualTo("<y@example.com>");
        assertThat(event.original().listUnsubscribe()).isEqualTo("<https://news.example.com/u/z>");
        assertThat(event.original().subject()).isEqualTo("소식");
    }

    @Test
    void openingsAndTheTestOfATopicMeanNothing() {
        assertThat(parse(Provider.SES, record("eventType", "Open", "\"open\": {}"))
                        .ignored())
                .isEqualTo(1);
        assertThat(parse(Provider.SES, "{\"notificationType\": \"AmazonSnsSubscriptionSucceeded\"}")
                        .ignored())
                .isEqualTo(1);
    }
}
