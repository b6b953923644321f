package dev.rooster.mail.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Samples in the forms that the providers document, and how they are read in tests. */
final class EventSamples {
    static final String TOKEN = "aeaqcaibaeaqcaibaeaqcaibaeaqcaibaeaqcaibaeaqcaibaeaqcai";

    private EventSamples() {}

    static ParsedEvents parse(Provider provider, String json) {
        return ReadEvents.of(provider, json.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }

    /** The one event of a request. */
    static MailEvent only(Provider provider, String json) {
        List<MailEvent> events = parse(provider, json).events();
        assertThat(events).hasSize(1);
        return events.get(0);
    }

    /** Kind, category and verdict in a line. */
    static String meaning(Provider provider, String json) {
        MailEvent event = only(provider, json);
        return event.kind() + " " + event.recipient().category() + " "
                + event.recipient().verdict();
    }
}
