package dev.rooster.subscriber;

/** The row of a person in this database. Never printed in a mail: there, the public id stands for it. */
public record SubscriberId(long value) {
    public SubscriberId {
        if (value <= 0) {
            throw new IllegalArgumentException("subscriber id must be positive, found " + value);
        }
    }
}
