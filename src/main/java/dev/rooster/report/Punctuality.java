package dev.rooster.report;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How punctual an edition was, by mailbox provider. Handed to the relay and arrived are two things, and are never mixed.
 *
 * @param planned the slot's time, or when it was sent by hand
 * @param handed when the relay took the mails, the largest provider first
 * @param arrived when they are known to have arrived; empty while nothing is known
 */
public record Punctuality(Instant planned, List<Share> handed, List<Share> arrived) {
    /** Of an issue that was not sent. */
    static final Punctuality NONE = new Punctuality(null, List.of(), List.of());

    /**
     * One provider's mails.
     *
     * @param mails whose time is known
     * @param half when half of them were through
     * @param ninety when 90 % were
     */
    public record Share(String provider, long mails, Instant half, Instant ninety, Instant last) {}

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("planned", planned == null ? null : planned.toString());
        json.put("handed_to_the_relay", handed.stream().map(this::json).toList());
        json.put("arrived", arrived.stream().map(this::json).toList());
        return json;
    }

    private Map<String, Object> json(Share share) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("provider", share.provider());
        json.put("mails", share.mails());
        json.put("half_seconds", late(share.half()).toSeconds());
        json.put("ninety_percent_seconds", late(share.ninety()).toSeconds());
        json.put("last_seconds", late(share.last()).toSeconds());
        return json;
    }

    /** How long after the planned time; never negative. */
    public Duration late(Instant at) {
        Duration late = Duration.between(planned, at);
        return late.isNegative() ? Duration.ZERO : late;
    }
}
