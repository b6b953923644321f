package dev.rooster.cli;

import java.util.function.Supplier;

/** A part of the application that is made at its first use, once. Thread-safe. */
final class Lazy<T> {
    private final Supplier<T> maker;
    private T value;

    Lazy(Supplier<T> maker) {
        this.maker = maker;
    }

    synchronized T get() {
        if (value == null) {
            value = maker.get();
        }
        return value;
    }

    /** What was made, or null when nothing asked for it. */
    synchronized T made() {
        return value;
    }
}
