package dev.rooster.cli;

import java.io.IOException;

/** On a terminal the number of people is typed before mail goes to them: nobody sends to thirty thousand by a slip. */
final class TypedNumber {
    private TypedNumber() {}

    /**
     * Asks; does nothing where nobody sits at a terminal.
     *
     * @param question ends with a blank
     * @param refused what to say when something else was typed
     */
    static void confirm(Session session, String question, long people, String refused) throws IOException {
        Console console = session.console();
        if (!console.terminal()) {
            return;
        }
        console.err().print(question);
        console.err().flush();
        StringBuilder typed = new StringBuilder();
        for (int c = console.in().read(); c >= 0 && c != '\n'; c = console.in().read()) {
            typed.append((char) c);
        }
        if (!typed.toString().strip().replace(",", "").equals(String.valueOf(people))) {
            throw UserProblem.badInput(refused, null);
        }
    }
}
