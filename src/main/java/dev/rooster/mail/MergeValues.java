package dev.rooster.mail;

/** What is filled into the holes for one recipient, such as {@code subscriber.name} or {@code link.unsubscribe}. */
@FunctionalInterface
public interface MergeValues {

    /** The value of a field, not yet escaped; null (or empty) when this recipient has none. */
    String get(String field);
}
