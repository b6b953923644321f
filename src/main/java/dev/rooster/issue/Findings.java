package dev.rooster.issue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with one file. One thread. */
final class Findings {
    private final String file;
    private final List<Finding> collected = new ArrayList<>();

    Findings(String file) {
        this.file = file;
    }

    /**
     * @param line counted from 1; 0 for the whole file
     * @param args shown in the message; told by their text
     */
    void add(FindingCode code, int line, Object... args) {
        Finding finding = new Finding(
                file, line, code, Arrays.stream(args).map(String::valueOf).toList());
        if (!collected.contains(finding)) {
            collected.add(finding);
        }
    }

    /** Everything found, in the order of the file. */
    List<Finding> inOrder() {
        return collected.stream().sorted(Comparator.comparingInt(Finding::line)).toList();
    }
}
