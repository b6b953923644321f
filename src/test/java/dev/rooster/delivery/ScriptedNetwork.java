package dev.rooster.delivery;

import dev.rooster.mail.SmtpCommand;
import dev.rooster.mail.SmtpReply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** How the relay of one simulated run behaves, recipient by recipient, and what has reached it. */
final class ScriptedNetwork {
    /** What becomes of one transaction. */
    enum Fate {
        ACCEPT,
        GREYLIST,
        REJECT_RCPT,
        REJECT_BODY,
        SENDER_FAULT,
        BUSY_MAIL,
        BUSY_RCPT,
        BUSY_BODY,
        LOST_ENVELOPE,
        LOST_BEFORE_DOT,
        LOST_AFTER_DOT_TAKEN,
        LOST_AFTER_DOT_NOT_TAKEN
    }

    private final RandomGenerator random;
    private final double faults;
    private final Map<DeliveryKey, List<Integer>> copies = new HashMap<>();
    private final Map<DeliveryKey, Boolean> greylisted = new HashMap<>();
    private final Map<DeliveryKey, Boolean> dead = new HashMap<>();
    boolean down;
    boolean loginRefused;
    /** The mailbox provider that refuses us; null: none does. */
    String refusing;
    /** After so many messages the relay ends a connection, at the next MAIL. */
    int perConnection = Integer.MAX_VALUE;

    ScriptedNetwork(RandomGenerator random, double faults) {
        this.random = random;
        this.faults = faults;
    }

    int copies(DeliveryKey key) {
        return copies.getOrDefault(key, List.of()).size();
    }

    /** Which versions of the issue have reached a recipient. */
    Set<Integer> versions(DeliveryKey key) {
        return Set.copyOf(copies.getOrDefault(key, List.of()));
    }

    void take(DeliveryKey key, int version) {
        copies.computeIfAbsent(key, k -> new ArrayList<>()).add(version);
    }

    Fate fate(ClaimedDelivery delivery) {
        if (delivery.provider().equals(refusing)) {
            return Fate.SENDER_FAULT;
        }
        DeliveryKey key = delivery.key();
        if (dead.computeIfAbsent(key, k -> random.nextDouble() < faults / 3)) {
            return random.nextBoolean() ? Fate.REJECT_RCPT : Fate.REJECT_BODY;
        }
        if (greylisted.putIfAbsent(key, true) == null && random.nextDouble() < faults) {
            return Fate.GREYLIST;
        }
        if (random.nextDouble() >= faults) {
            return Fate.ACCEPT;
        }
        return Fate.values()[random.nextInt(Fate.values().length)];
    }

    /** The refusal of an envelope with this fate, or null when the relay asks for the body. */
    static Event.Refused refusal(ConnectionId connection, ClaimedDelivery delivery, Fate fate) {
        return switch (fate) {
            case GREYLIST ->
                new Event.Refused(connection, delivery, SmtpCommand.RCPT, new SmtpReply(450, "4.2.0", "greylisted"));
            case REJECT_RCPT ->
                new Event.Refused(connection, delivery, SmtpCommand.RCPT, new SmtpReply(550, "5.1.1", "no such user"));
            case BUSY_MAIL ->
                new Event.Refused(connection, delivery, SmtpCommand.MAIL, new SmtpReply(421, "4.7.0", "too busy"));
            case BUSY_RCPT ->
                new Event.Refused(connection, delivery, SmtpCommand.RCPT, new SmtpReply(421, "4.7.0", "too busy"));
            default -> null;
        };
    }

    /** How a relay takes leave at MAIL: with 421 or without a word (RFC 5321 section 3.8). */
    Event farewell(ConnectionId connection, ClaimedDelivery delivery) {
        return random.nextBoolean()
                ? new Event.Refused(connection, delivery, SmtpCommand.MAIL, new SmtpReply(421, "4.4.2", "bye"))
                : new Event.EnvelopeLost(connection, delivery, "end of stream", true);
    }

    static SmtpReply bodyReply(Fate fate) {
        return switch (fate) {
            case ACCEPT -> new SmtpReply(250, "2.0.0", "queued");
            case REJECT_BODY -> new SmtpReply(550, "5.1.1", "user unknown");
            case SENDER_FAULT -> new SmtpReply(550, "5.7.26", "unauthenticated mail");
            case BUSY_BODY -> new SmtpReply(421, "4.3.2", "closing down");
            default -> throw new IllegalStateException(fate + " is no reply");
        };
    }
}
