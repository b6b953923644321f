package dev.rooster.web;

import java.util.HashMap;
import java.util.Map;

/** So many may be served at once, and of these so many from one caller. Thread-safe. */
final class CallerPlaces {
    private final int all;
    private final int perCaller;
    private final Map<String, Integer> taken = new HashMap<>();
    private int sum;

    CallerPlaces(int all, int perCaller) {
        this.all = all;
        this.perCaller = perCaller;
    }

    /** Takes a place; false: there is none for this caller. */
    synchronized boolean tryTake(String caller) {
        int mine = taken.getOrDefault(caller, 0);
        if (sum >= all || mine >= perCaller) {
            return false;
        }
        taken.put(caller, mine + 1);
        sum++;
        return true;
    }

    /** Gives a place back that was taken. */
    synchronized void giveBack(String caller) {
        taken.computeIfPresent(caller, (who, places) -> places == 1 ? null : places - 1);
        sum--;
    }
}
