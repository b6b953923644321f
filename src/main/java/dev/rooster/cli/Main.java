package dev.rooster.cli;

/** The entry point of every {@code rooster} command. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.out.println("rooster");
    }
}
