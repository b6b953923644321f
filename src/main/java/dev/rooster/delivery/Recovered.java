package dev.rooster.delivery;

/** What was recovered from dead nodes: rows that had not left, and rows that may have. */
public record Recovered(long queued, long uncertain) {
    public static final Recovered NOTHING = new Recovered(0, 0);

    public Recovered plus(Recovered other) {
        return new Recovered(queued + other.queued, uncertain + other.uncertain);
    }
}
