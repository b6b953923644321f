package dev.rooster.mail.dsn;

import dev.rooster.mail.dsn.LayoutRules.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Finds failed recipients in a notice written for people, each with the lines that give its reason. It knows how such
 * texts are built, not who wrote them: an address that begins a line, one introduced by a telling word, one in an SMTP
 * transcript, in this order of trust.
 */
final class RecipientFinder {
    private static final int BLOCK_LINES_MAX = 30;

    private final LayoutRules layout;
    private final List<String> lines;
    private final Set<String> own;
    private final Map<String, Mention> sure = new LinkedHashMap<>();
    private final Map<String, Mention> perhaps = new LinkedHashMap<>();
    private final Map<String, Mention> inReplies = new LinkedHashMap<>();
    private final Map<String, Mention> anywhere = new LinkedHashMap<>();
    private final Map<Integer, String> aliases = new LinkedHashMap<>();

    /** An address, the line it stands in, where in that line its reason begins, and whether it ends there too. */
    private record Mention(String address, int line, int after, boolean oneLine) {}

    /**
     * A recipient found.
     *
     * @param original the address it was reached by, or null
     * @param reason the lines that belong to it, joined; may be empty
     */
    record Found(String address, String original, String reason) {}

    /** @param own addresses of ours in lower case, which are recipients only if nothing else is */
    RecipientFinder(List<String> lines, Set<String> own, LayoutRules layout) {
        this.lines = lines;
        this.own = own;
        this.layout = layout;
        for (int i = 0; i < lines.size(); i++) {
            look(i, lines.get(i));
        }
    }

    /**
     * The failed recipients, best evidence first; empty if there are none.
     *
     * @param addressed the recipients of the returned message in lower case, which confirm weak evidence
     */
    List<Found> find(Set<String> addressed) {
        Map<String, Mention> chosen = withoutOwn(sure);
        if (chosen.isEmpty()) {
            chosen = withoutOwn(inReplies);
        }
        if (chosen.isEmpty()) {
            chosen = withoutOwn(perhaps);
        }
        if (chosen.isEmpty() && !addressed.isEmpty()) {
            chosen = new LinkedHashMap<>(anywhere);
            chosen.keySet().retainAll(addressed);
        }
        if (chosen.isEmpty() && aliases.size() == 1) {
            Map.Entry<Integer, String> only = aliases.entrySet().iterator().next();
            chosen = Map.of(AddressScanner.key(only.getValue()), new Mention(only.getValue(), only.getKey(), 0, false));
        }
        List<Found> found = new ArrayList<>();
        for (Mention mention : chosen.values()) {
            found.add(new Found(mention.address(), aliasNear(mention), reason(mention, chosen)));
        }
        return found;
    }

    /** True if an address stands where only a failed recipient does. */
    boolean hasSure() {
        return !withoutOwn(sure).isEmpty();
    }

    /** The lines that belong to an address that is known already; empty if it is not mentioned. */
    String reasonOf(String address) {
        String key = AddressScanner.key(address);
        Mention mention = sure.get(key);
        if (mention == null) {
            mention = inReplies.get(key);
        }
        if (mention == null) {
            mention = anywhere.get(key);
        }
        return mention == null ? "" : reason(mention, sure);
    }

    /** An address known to fail stands nowhere: the alias it was reached by. */
    String onlyAlias() {
        return aliases.size() == 1 ? aliases.values().iterator().next() : null;
    }

    private Map<String, Mention> withoutOwn(Map<String, Mention> mentions) {
        Map<String, Mention> others = new LinkedHashMap<>(mentions);
        others.keySet().removeAll(own);
        return others.isEmpty() ? mentions : others;
    }

    private void look(int number, String line) {
        List<AddressScanner.Found> addresses = AddressScanner.scan(line);
        if (addresses.isEmpty()) {
            return;
        }
        for (AddressScanner.Found found : addresses) {
            String key = AddressScanner.key(found.address());
            Mention mention = new Mention(found.address(), number, found.to(), false);
            String prefix = line.substring(0, found.from());
            Role role = layout.roleAfter(prefix);
            if (role == Role.ALIAS) {
                aliases.putIfAbsent(number, found.address());
            } else if (role == Role.OTHER || isRoleAccount(key)) {
                continue;
            } else if (beginsLine(prefix) && !continuesContact(number)) {
                sure.putIfAbsent(key, mention);
            } else if (role == Role.RECIPIENT) {
                sure.putIfAbsent(key, mention);
            } else if (role == Role.COMMAND) {
                if (refusedSoon(number)) {
                    sure.putIfAbsent(key, mention);
                }
            } else if (role == null && endsSentence(line, prefix, found.to())) {
                sure.putIfAbsent(key, mention);
            } else if (beginsReply(line, prefix)) {
                sure.putIfAbsent(key, new Mention(found.address(), number, found.to(), true));
            } else if (role == Role.PERHAPS) {
                perhaps.putIfAbsent(key, mention);
            } else if (ReplyCodes.in(line).reply() != null) {
                inReplies.putIfAbsent(key, mention);
            }
            anywhere.putIfAbsent(key, mention);
        }
    }

    private static boolean isRoleAccount(String key) {
        return key.startsWith("postmaster@") || key.startsWith("mailer-daemon@") || key.startsWith("abuse@");
    }

    private static boolean beginsLine(String prefix) {
        return LayoutRules.bare(prefix).isEmpty();
    }

    /** The address only begins the line because the sentence before it ("please contact") was wrapped. */
    private boolean continuesContact(int number) {
        if (number == 0) {
            return false;
        }
        String before = lines.get(number - 1).strip();
        return !before.isEmpty() && !before.endsWith(":") && layout.roleAfter(before) == Role.OTHER;
    }

    /** {@code 554 <a@example.org>... Reason}, as sendmail writes it. */
    private static boolean beginsReply(String line, String prefix) {
        String before = prefix.strip();
        if (before.endsWith("<")) {
            before = before.substring(0, before.length() - 1).strip();
        }
        ReplyCodes codes = ReplyCodes.in(before + " ");
        int letters = 0;
        for (int i = 0; i < before.length(); i++) {
            letters += Character.isLetter(before.charAt(i)) ? 1 : 0;
        }
        return letters == 0 && codes.reply() != null && line.contains("...");
    }

    /** {@code some words: a@example.org} and nothing behind it; a single word before the colon is a header field. */
    private static boolean endsSentence(String line, String prefix, int after) {
        String before = prefix.strip();
        before = before.endsWith("<") ? before.substring(0, before.length() - 1).strip() : before;
        return before.endsWith(":")
                && before.indexOf(' ') > 0
                && LayoutRules.bare(line.substring(after)).isEmpty();
    }

    private boolean refusedSoon(int number) {
        for (int i = number; i < Math.min(lines.size(), number + 4); i++) {
            String line = lines.get(i).toLowerCase(Locale.ROOT);
            if (i > number && line.contains("rcpt to")) {
                return false;
            }
            if (ReplyCodes.in(line).reply() != null) {
                return true;
            }
        }
        return false;
    }

    private String aliasNear(Mention mention) {
        for (int i = mention.line(); i < Math.min(lines.size(), mention.line() + 3); i++) {
            String alias = aliases.get(i);
            if (alias != null && !alias.equalsIgnoreCase(mention.address())) {
                return alias;
            }
        }
        return null;
    }

    /** The text after the address up to the end of its paragraph; the next one where it stands alone. */
    private String reason(Mention mention, Map<String, Mention> chosen) {
        StringBuilder reason = new StringBuilder();
        add(reason, lines.get(mention.line()).substring(mention.after()));
        int used = 0;
        boolean said = says(reason.toString());
        if (mention.oneLine()) {
            return reason.toString();
        }
        for (int i = mention.line() + 1; i < lines.size() && used < BLOCK_LINES_MAX; i++, used++) {
            String line = lines.get(i);
            if (startsOther(i, mention, chosen)) {
                break;
            }
            if (line.isBlank()) {
                if (said) {
                    break;
                }
                continue;
            }
            add(reason, line);
            said |= says(line);
        }
        return reason.toString();
    }

    /** False for rules drawn with hyphens and for headings such as "Technical details:". */
    private static boolean says(String line) {
        return LayoutRules.bare(line).length() > 2 && !line.endsWith(":");
    }

    private static boolean startsOther(int line, Mention mention, Map<String, Mention> chosen) {
        for (Mention other : chosen.values()) {
            if (other != mention && other.line() == line) {
                return true;
            }
        }
        return false;
    }

    private static void add(StringBuilder reason, String line) {
        int start = 0;
        while (start < line.length() && "> \t:,*|".indexOf(line.charAt(start)) >= 0) {
            start++;
        }
        String text = line.substring(start).strip();
        if (!text.isEmpty()) {
            reason.append(reason.length() == 0 ? "" : " ").append(text);
        }
    }

    /** True if a transcript shows that a refusal came as the answer to DATA or to the final dot. */
    boolean answersMessage(String refusal) {
        String start = refusal.substring(0, Math.min(refusal.length(), 40)).strip();
        if (start.length() < 8) {
            return false;
        }
        boolean message = false;
        boolean last = false;
        for (String line : lines) {
            String text = line.strip();
            if (text.startsWith(">>>")) {
                if (last) {
                    return true;
                }
                String command = text.substring(3).strip().toLowerCase(Locale.ROOT);
                message = command.startsWith("data") || command.equals(".");
            } else if (text.startsWith("<<<")) {
                // With pipelining (RFC 2920) several replies follow DATA; only the last is its own.
                last = message && text.contains(start);
            }
        }
        return last;
    }

    /** All lines that mention an address, with the reply that follows each: its share of a transcript. */
    String transcriptOf(String address) {
        String key = AddressScanner.key(address);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines.size() && text.length() < DiagnosticClassifier.TEXT_MAX; i++) {
            if (lines.get(i).toLowerCase(Locale.ROOT).contains(key)) {
                add(text, lines.get(i));
                if (i + 1 < lines.size() && ReplyCodes.in(lines.get(i + 1)).reply() != null) {
                    add(text, lines.get(i + 1));
                }
            }
        }
        return text.toString();
    }
}
