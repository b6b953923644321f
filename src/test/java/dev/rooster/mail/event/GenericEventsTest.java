package dev.rooster.mail.event;

import static dev.rooster.mail.event.EventSamples.meaning;
import static dev.rooster.mail.event.EventSamples.only;
import static dev.rooster.mail.event.EventSamples.parse;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GenericEventsTest {
    private static final String BOUNCE = """
            {"event": "bounced", "id": "e1", "recipient": "<reader@example.org>", "at": "2026-10-06T22:05:01Z",
             "message-id": "<x@example.com>", "envelope-sender": "b+x@example.com", "reference": "r", "subject": "s",
             "code": 550, "status": "5.1.1", "text": "User unknown"}
            """;

    @Test
    void allThatIsDocumentedIsRead() {
        MailEvent event = only(Provider.GENERIC, BOUNCE);
        assertThat(meaning(Provider.GENERIC, BOUNCE)).isEqualTo("BOUNCE UNKNOWN_USER HARD");
        assertThat(event.id()).isEqualTo("e1");
        assertThat(event.at()).isEqualTo(Instant.parse("2026-10-06T22:05:01Z"));
        assertThat(event.recipient().address()).isEqualTo("reader@example.org");
        assertThat(event.recipient().replyCode()).isEqualTo("550");
        assertThat(event.original().messageId()).isEqualTo("<x@example.com>");
        assertThat(event.original().envelopeSender()).isEqualTo("b+x@example.com");
        assertThat(event.original().envelopeId()).isEqualTo("r");
    }

    @Test
    void oneEventAListAndAMapWithAListAreTheSame() {
        assertThat(parse(Provider.GENERIC, "[" + BOUNCE + "," + BOUNCE + "]").events())
                .hasSize(2);
        assertThat(parse(Provider.GENERIC, "{\"events\": [" + BOUNCE + "]}").events())
                .hasSize(1);
        assertThat(parse(Provider.GENERIC, "{\"events\": []}").events()).isEmpty();
    }

    @Test
    void anAddressIsDeadOnlyIfThatIsSaid() {
        String said = "{\"event\": \"bounced\", \"recipient\": \"a@b.kr\", \"text\": \"no\"%s}";
        assertThat(meaning(Provider.GENERIC, said.formatted(""))).isEqualTo("BOUNCE OTHER SOFT");
        assertThat(meaning(Provider.GENERIC, said.formatted(", \"dead\": true")))
                .isEqualTo("BOUNCE UNKNOWN_USER HARD");
    }

    @Test
    void whatIsNotUnderstoodIsCounted() {
        ParsedEvents parsed = parse(
                Provider.GENERIC,
                "[{\"event\": \"exploded\", \"recipient\": \"a@b.kr\"}, {\"event\": \"bounced\"}, {\"event\": \"bounced\","
                        + " \"recipient\": \"nobody\"}]");
        assertThat(parsed.events()).isEmpty();
        assertThat(parsed.unreadable()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(Provider.class)
    void noInputDoesHarm(Provider provider) {
        for (String bad : new String[] {
            "",
            " ",
            "null",
            "7",
            "\"x\"",
            "{",
            "[",
            "{\"a\":",
            "\u0000",
            "[".repeat(100_000),
            "{\"a\":".repeat(50_000),
            "{\"a\": \"\\ud800\"",
            "9".repeat(10_000)
        }) {
            assertThat(ReadEvents.of(provider, bad.getBytes(StandardCharsets.UTF_8)))
                    .isEmpty();
        }
        for (String odd : new String[] {
            "{}",
            "[]",
            "[[[]]]",
            "{\"event-data\": 1e999999999999}",
            "[null, 1, \"x\", true]",
            "{\"event\": {}, \"events\": 3, \"data\": []}",
            "{\"RecordType\": \"Bounce\", \"Email\": [], \"Metadata\": 1}",
            "[{\"msys\": 1}, {\"msys\": [1]}]",
            "{\"notificationType\": \"Bounce\", \"bounce\": {\"bouncedRecipients\": [1, null, {}]}, \"mail\": 2}",
            "{\"type\": \"email.bounced\", \"data\": {\"to\": [3, null, \"\"], \"bounce\": []}}"
        }) {
            assertThat(ReadEvents.of(provider, odd.getBytes(StandardCharsets.UTF_8)))
                    .hasValueSatisfying(parsed -> assertThat(parsed.events()).isEmpty());
        }
    }

    @Test
    void mutatedRequestsNeverThrow() {
        byte[] sample = ("[" + BOUNCE + "]").getBytes(StandardCharsets.UTF_8);
        Random random = new Random(5);
        for (int round = 0; round < 3_000; round++) {
            byte[] mutated = sample.clone();
            for (int flips = 0; flips < 1 + round % 4; flips++) {
                mutated[random.nextInt(mutated.length)] ^= (byte) (1 << random.nextInt(8));
            }
            for (Provider provider : Provider.values()) {
                ReadEvents.of(provider, mutated);
            }
        }
    }
}
