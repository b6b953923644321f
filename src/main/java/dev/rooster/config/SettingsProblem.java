package dev.rooster.config;

import java.util.List;
import java.util.stream.Collectors;

/** The settings have faults; all of them are listed and nothing was started. */
public final class SettingsProblem extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Fault> faults;

    SettingsProblem(List<Fault> faults) {
        super(faults.stream().map(Fault::toString).collect(Collectors.joining("; ")));
        this.faults = List.copyOf(faults);
    }

    public List<Fault> faults() {
        return faults;
    }
}
