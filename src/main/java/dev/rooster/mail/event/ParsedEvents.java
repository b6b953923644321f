package dev.rooster.mail.event;

import java.util.List;

/**
 * What one request tells.
 *
 * @param ignored events that mean nothing to us: opened, clicked, processed …
 * @param unreadable events that should mean something and lack what is needed
 */
public record ParsedEvents(List<MailEvent> events, int ignored, int unreadable) {
    public ParsedEvents {
        events = List.copyOf(events);
    }
}
