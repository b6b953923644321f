package dev.rooster.report;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Finds what is said most often among replies that differ in queue ids, times and addresses. Pure. The answer names nobody: of
 * addresses only the domain is left.
 */
final class MostFrequentReply {
    private static final Pattern LOCAL_PART = Pattern.compile("[^\\s<>\"'(),;:]+@");
    /** Ids, addresses and numbers behind the codes: they differ from reply to reply. */
    private static final Pattern VARYING = Pattern.compile("\\S*@\\S*|(?<=\\s)\\S*\\d\\S*");

    private MostFrequentReply() {}

    /** A dash when nothing was said. */
    static String of(List<String> replies) {
        Map<String, Integer> counts = new HashMap<>();
        String best = "-";
        int most = 0;
        for (String reply : replies) {
            int count = counts.merge(key(reply), 1, Integer::sum);
            if (count > most) {
                most = count;
                best = reply;
            }
        }
        return LOCAL_PART.matcher(best).replaceAll("…@");
    }

    /** The first two words are the codes, and stay. */
    private static String key(String reply) {
        String[] words = reply.split(" ", 3);
        String rest = words.length < 3 ? "" : VARYING.matcher(" " + words[2]).replaceAll("#");
        return words[0] + " " + (words.length > 1 ? words[1] : "") + rest;
    }
}
