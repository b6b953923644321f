package dev.rooster.mail.dsn;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** How notices are laid out, from {@code rules-layout.txt}. Immutable. */
final class LayoutRules {
    static final Set<String> KEYS = Set.of("role", "why", "phrase", "sample");
    static final LayoutRules STANDARD = new LayoutRules(RuleFile.load("rules-layout.txt", KEYS));

    /** What the text right before an address makes of it. */
    enum Role {
        ORIGINAL,
        RECIPIENT,
        COMMAND,
        PERHAPS,
        ALIAS,
        QUOTE,
        OTHER
    }

    private static final String DECORATION = "-=*_>|#~+.:;[(<\"'•·※■□▶◆→ \t\u00a0\u3000";
    private static final String BEFORE_ADDRESS = " :<>\"'([{]=;,*|「」【】（：“‘\t\u00a0\u3000-";
    private static final int ANNOUNCEMENT_MAX = 100;
    private static final int LINE_MAX = 160;

    private final List<String> original = new ArrayList<>();
    private final Map<Role, List<String>> before = new EnumMap<>(Role.class);

    LayoutRules(List<Rule> rules) {
        for (Rule rule : rules) {
            Role role = Role.valueOf(rule.one("role").toUpperCase(Locale.ROOT));
            for (String line : rule.all("phrase")) {
                for (String phrase : line.split(" \\| ")) {
                    if (role == Role.ORIGINAL) {
                        original.add(phrase);
                    } else {
                        before.computeIfAbsent(role, r -> new ArrayList<>()).add(phrase);
                    }
                }
            }
        }
    }

    /** True if a line announces the returned message. */
    boolean announcesOriginal(String line) {
        if (line.length() > ANNOUNCEMENT_MAX || line.indexOf('@') >= 0) {
            return false;
        }
        String bare = bare(line).toLowerCase(Locale.ROOT);
        if (bare.length() < 2) {
            return false;
        }
        for (String phrase : original) {
            if (bare.startsWith(phrase)) {
                return true;
            }
        }
        return false;
    }

    /**
     * What the text before an address says about it; null if nothing. The longest phrase wins, so that "send mail to"
     * (a contact) beats "mail to" (a recipient).
     */
    Role roleAfter(String prefix) {
        String text = prefix.length() > LINE_MAX ? prefix.substring(prefix.length() - LINE_MAX) : prefix;
        int end = text.length();
        while (end > 0 && BEFORE_ADDRESS.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        String lower = text.substring(0, end).toLowerCase(Locale.ROOT);
        if (lower.endsWith("rfc822")) {
            return roleAfter(lower.substring(0, lower.length() - 6));
        }
        if (lower.endsWith("smtp")) {
            return roleAfter(lower.substring(0, lower.length() - 4));
        }
        Role best = null;
        int length = 0;
        for (Map.Entry<Role, List<String>> role : before.entrySet()) {
            if (role.getKey() == Role.QUOTE) {
                continue;
            }
            for (String phrase : role.getValue()) {
                if (phrase.length() > length && lower.endsWith(phrase) && wholeWord(lower, phrase)) {
                    best = role.getKey();
                    length = phrase.length();
                }
            }
        }
        return best;
    }

    private static boolean wholeWord(String text, String phrase) {
        int at = text.length() - phrase.length() - 1;
        return at < 0 || !Character.isLetterOrDigit(text.charAt(at)) || phrase.charAt(0) > 0x7F;
    }

    /** The words of the refusing system itself, where a text quotes them; else null. */
    String quoted(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        int best = -1;
        for (String phrase : before.getOrDefault(Role.QUOTE, List.of())) {
            int at = lower.indexOf(phrase);
            best = at < 0 ? best : Math.max(best, at + phrase.length());
        }
        return best < 0 || best > text.length() || text.substring(best).isBlank() ? null : text.substring(best);
    }

    /** A line without what decorates it at both ends. */
    static String bare(String line) {
        int start = 0;
        int end = line.length();
        while (start < end && DECORATION.indexOf(line.charAt(start)) >= 0) {
            start++;
        }
        while (end > start && DECORATION.indexOf(line.charAt(end - 1)) >= 0) {
            end--;
        }
        return line.substring(start, end);
    }
}
