package dev.rooster.newsletter;

/** The row of a newsletter in this database. Never printed in a mail: there, its public id stands for it. */
public record NewsletterId(long value) {
    public NewsletterId {
        if (value <= 0) {
            throw new IllegalArgumentException("newsletter id must be positive, found " + value);
        }
    }
}
