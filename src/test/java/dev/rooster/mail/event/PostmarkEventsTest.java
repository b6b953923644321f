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

class PostmarkEventsTest {
    private static String bounce(String type, String details) {
        return """
                {"RecordType": "Bounce", "MessageStream": "broadcast", "ID": 4323372036854775807, "Type": "%s", "TypeCode": 1,
                 "Name": "n", "Tag": "t", "MessageID": "883953f4-6105-42a2-a16a-77a8eac79483",
                 "Metadata": {"rooster": "%s", "other": "x"}, "ServerID": 23,
                 "Description": "The server was unable to deliver your message (ex: unknown user, mailbox not found).",
                 "Details": "%s", "Email": "reader@example.org", "From": "news@example.com",
                 "BouncedAt": "2026-10-06T22:05:01.1234567-05:00", "DumpAvailable": true, "Inactive": true,
                 "CanActivate": true, "Subject": "주간 소식", "Content": "…"}
                """.formatted(type, TOKEN, details);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            HardBounce       | smtp;550 5.1.1 The email account that you tried to reach does not exist. | BOUNCE UNKNOWN_USER HARD
            HardBounce       | smtp;550 5.7.26 This mail is unauthenticated, SPF and DKIM did not pass  | BOUNCE AUTHENTICATION SENDER_FAULT
            HardBounce       | action not taken                                       | BOUNCE OTHER SOFT
            SoftBounce       | smtp;452 4.2.2 The email account that you tried to reach is over quota   | BOUNCE MAILBOX_FULL SOFT
            BadEmailAddress  | ''                                                     | BOUNCE UNKNOWN_USER HARD
            SpamNotification | ''                                                     | BOUNCE REPUTATION SENDER_FAULT
            DnsError         | ''                                                     | BOUNCE NETWORK SOFT
            DMARCPolicy      | ''                                                     | BOUNCE AUTHENTICATION SENDER_FAULT
            Transient        | smtp;451 4.7.1 Greylisted, please try again            | DELAYED GREYLISTED NONE
            AutoResponder    | ''                                                     | AUTOREPLY OTHER NONE
            Unsubscribe      | ''                                                     | UNSUBSCRIBED OTHER NONE
            SpamComplaint    | ''                                                     | COMPLAINT COMPLAINT NONE
            """)
    void theServersWordsGoBeforePostmarksType(String type, String details, String meaning) {
        assertThat(meaning(Provider.POSTMARK, bounce(type, details))).isEqualTo(meaning);
    }

    @Test
    void whatWasGivenComesBack() {
        MailEvent event = only(Provider.POSTMARK, bounce("HardBounce", "smtp;550 5.1.1 no such user"));
        assertThat(event.id()).isEqualTo("4323372036854775807");
        assertThat(event.at()).isEqualTo(Instant.parse("2026-10-07T03:05:01.123456700Z"));
        assertThat(event.recipient().address()).isEqualTo("reader@example.org");
        assertThat(event.recipient().status()).isEqualTo("5.1.1");
        assertThat(event.recipient().replyCode()).isEqualTo("550");
        assertThat(event.original().envelopeId()).isEqualTo(TOKEN);
        assertThat(event.original().subject()).isEqualTo("주간 소식");
    }

    @Test
    void deliveriesComplaintsAndRefusalsHaveRecordsOfTheirOwn() {
        assertThat(meaning(Provider.POSTMARK, """
                {"RecordType": "Delivery", "ServerID": 23, "MessageStream": "broadcast", "MessageID": "00000000-0000",
                 "Recipient": "reader@example.org", "Tag": "t", "DeliveredAt": "2026-10-06T22:05:01Z",
                 "Details": "smtp;250 2.0.0 OK", "Metadata": {}}
                """)).isEqualTo("DELIVERED OTHER NONE");
        assertThat(meaning(Provider.POSTMARK, """
                {"RecordType": "SpamComplaint", "ID": 42, "Type": "SpamComplaint", "Email": "reader@example.org",
                 "BouncedAt": "2026-10-06T22:05:01Z", "Subject": "s"}
                """)).isEqualTo("COMPLAINT COMPLAINT NONE");
        assertThat(meaning(Provider.POSTMARK, subscription(true, "\"ManualSuppression\"", "Recipient")))
                .isEqualTo("UNSUBSCRIBED OTHER NONE");
    }

    @Test
    void otherChangesOfASubscriptionAndOpeningsMeanNothing() {
        assertThat(parse(Provider.POSTMARK, subscription(false, "null", "Recipient"))
                        .ignored())
                .isEqualTo(1);
        assertThat(parse(Provider.POSTMARK, subscription(true, "\"HardBounce\"", "Recipient"))
                        .ignored())
                .isEqualTo(1);
        assertThat(parse(Provider.POSTMARK, subscription(true, "\"ManualSuppression\"", "Customer"))
                        .ignored())
                .isEqualTo(1);
        assertThat(parse(Provider.POSTMARK, "{\"RecordType\": \"Open\", \"Recipient\": \"reader@example.org\"}")
                        .ignored())
                .isEqualTo(1);
        assertThat(parse(Provider.POSTMARK, "{\"RecordType\": \"Delivery\"}").unreadable())
                .isEqualTo(1);
    }

    private static String subscription(boolean suppress, String reason, String origin) {
        return """
                {"RecordType": "SubscriptionChange", "MessageID": "00000000-0000", "ServerID": 23, "MessageStream": "broadcast",
                 "ChangedAt": "2026-10-06T22:05:01Z", "Recipient": "reader@example.org", "Origin": "%s",
                 "SuppressSending": %s, "SuppressionReason": %s, "Tag": "t", "Metadata": {"rooster": "%s"}}
                """.formatted(origin, suppress, reason, TOKEN);
    }
}
