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

class SparkPostEventsTest {
    private static String event(String group, String type, String bounceClass, String reason) {
        return """
                [{"msys": {"%s": {"type": "%s", "bounce_class": "%s", "campaign_id": "", "customer_id": "1",
                 "error_code": null, "event_id": "92356927693813856", "friendly_from": "news@example.com",
                 "message_id": "000443ee14578172be22", "msg_from": "msprvs1=abc@bounces.example.com",
                 "rcpt_meta": {"rooster": "%s"}, "rcpt_to": "reader@example.org", "raw_rcpt_to": "Reader@example.org",
                 "raw_reason": "%s", "subject": "소식", "timestamp": "1791324301",
                 "transmission_id": "65832150921904138"}}}]
                """.formatted(group, type, bounceClass, TOKEN, reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            message_event     | delivery             | ''  | ''                                         | DELIVERED OTHER NONE
            message_event     | delay                | 21  | 454 4.4.4 [internal] no MX or A for domain | DELAYED UNKNOWN_HOST NONE
            message_event     | bounce               | 10  | 550 5.1.1 User unknown                     | BOUNCE UNKNOWN_USER HARD
            message_event     | bounce               | 10  | ''                                         | BOUNCE UNKNOWN_USER HARD
            message_event     | bounce               | 22  | ''                                         | BOUNCE MAILBOX_FULL SOFT
            message_event     | bounce               | 51  | ''                                         | BOUNCE CONTENT SENDER_FAULT
            message_event     | bounce               | 10  | 550 5.7.1 rejected, listed at a blocklist  | BOUNCE REPUTATION SENDER_FAULT
            message_event     | out_of_band          | 60  | out of the office                          | AUTOREPLY OTHER NONE
            message_event     | spam_complaint       | ''  | ''                                         | COMPLAINT COMPLAINT NONE
            unsubscribe_event | list_unsubscribe     | ''  | ''                                         | UNSUBSCRIBED OTHER NONE
            unsubscribe_event | link_unsubscribe     | ''  | ''                                         | UNSUBSCRIBED OTHER NONE
            gen_event         | generation_rejection | 25  | 554 5.7.1 recipient address suppressed due to customer policy | BOUNCE FILTERED SOFT
            gen_event         | policy_rejection     | 25  | ''                                         | BOUNCE POLICY SENDER_FAULT
            """)
    void eachEventIsJudged(String group, String type, String bounceClass, String reason, String meaning) {
        assertThat(meaning(Provider.SPARKPOST, event(group, type, bounceClass, reason)))
                .isEqualTo(meaning);
    }

    @Test
    void theAddressIsTheOneWeGave() {
        MailEvent event = only(Provider.SPARKPOST, event("message_event", "delivery", "", ""));
        assertThat(event.recipient().address()).isEqualTo("Reader@example.org");
        assertThat(event.at()).isEqualTo(Instant.ofEpochSecond(1791324301));
        assertThat(event.original().envelopeId()).isEqualTo(TOKEN);
    }

    @Test
    void theTestOfANewWebhookAndOtherEventsMeanNothing() {
        assertThat(parse(Provider.SPARKPOST, "[{\"msys\": {}}]").events()).isEmpty();
        assertThat(parse(Provider.SPARKPOST, event("track_event", "open", "", ""))
                        .ignored())
                .isEqualTo(1);
        assertThat(parse(Provider.SPARKPOST, event("message_event", "injection", "", ""))
                        .ignored())
                .isEqualTo(1);
        assertThat(parse(Provider.SPARKPOST, "[{\"msys\": {\"message_event\": {\"type\": \"bounce\"}}}, null, {}]")
                        .unreadable())
                .isEqualTo(1);
    }
}
