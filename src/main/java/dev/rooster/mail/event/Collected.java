package dev.rooster.mail.event;

import java.util.ArrayList;
import java.util.List;

/** What has been read of a request so far. Not thread-safe. */
final class Collected {
    private final List<MailEvent> events = new ArrayList<>();
    private int ignored;
    private int unreadable;

    /** @param draft null: an event that means nothing to us */
    void add(EventDraft draft) {
        if (draft == null) {
            ignored++;
            return;
        }
        MailEvent event = draft.done();
        if (event == null) {
            unreadable++;
        } else {
            events.add(event);
        }
    }

    void addUnreadable() {
        unreadable++;
    }

    ParsedEvents done() {
        return new ParsedEvents(events, ignored, unreadable);
    }
}
