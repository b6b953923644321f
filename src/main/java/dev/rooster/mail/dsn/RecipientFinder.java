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
    /** More than any report about one of our mails names. */
    private static final int MENTIONS_MAX = 300;

    private final LayoutRules layout;
    private final List<String> lines;
    private final List<String> lower;
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

    /** @param own addresses of ours in lower case, which {@link #find} leaves out */
    RecipientFinder(List<String> lines, Set<String> own, LayoutRules layout) {
        this.lines = lines;
        this.own = own;
        this.layout = layout;
        lower = lines.stream().map(line -> line.toLowerCase(Locale.ROOT)).toList();
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
        Map<String, Mention> chosen = best(false);
        if (chosen.isEmpty() && !addressed.isEmpty()) {
            chosen = new LinkedHashMap<>(anywhere);
            chosen.keySet().retainAll(addressed);
        }
        if (chosen.isEmpty()) {
            chosen = new LinkedHashMap<>(anywhere);
            chosen.keySet().removeIf(address -> own.contains(address) || takesCommands(address));
            chosen = chosen.size() == 1 ? chosen : Map.of();
        }
        if (chosen.isEmpty() && aliases.size() == 1) {
            Map.Entry<Integer, String> only = aliases.entrySet().iterator().next();
            chosen = Map.of(AddressScanner.key(only.getValue()), new Mention(only.getValue(), only.getKey(), 0, false));
        }
        return found(chosen);
    }

    /** The failed recipients where they are addresses of ours, as in a mail to oneself; empty if there are none. */
    List<Found> findOwn() {
        return found(best(true));
    }

    private List<Found> found(Map<String, Mention> chosen) {
        List<Found> found = new ArrayList<>();
        for (Mention mention : chosen.values()) {
            found.add(new Found(mention.address(), aliasNear(mention), reason(mention, chosen)));
        }
        return found;
    }

    /** The mentions of the best kind there are, of our own addresses or of the others. */
    private Map<String, Mention> best(boolean ours) {
        for (Map<String, Mention> mentions : List.of(sure, inReplies, perhaps)) {
            Map<String, Mention> chosen = new LinkedHashMap<>(mentions);
            chosen.keySet().removeIf(address -> (own.contains(address) || takesCommands(address)) != ours);
            if (!chosen.isEmpty()) {
                return chosen;
            }
        }
        return new LinkedHashMap<>();
    }

    /** True if no address stands where a failed recipient may. */
    boolean namesNobody() {
        return sure.isEmpty() && inReplies.isEmpty() && perhaps.isEmpty();
    }

    /** True if an address that is not ours stands where only a failed recipient does. */
    boolean hasSure() {
        return sure.keySet().stream().anyMatch(address -> !own.contains(address));
    }

    /** True if an address stands anywhere in the notice. */
    boolean mentions(String address) {
        return anywhere.containsKey(AddressScanner.key(address));
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

    private void look(int number, String line) {
        List<AddressScanner.Found> addresses = AddressScanner.scan(line);
        if (addresses.isEmpty()) {
            return;
        }
        for (AddressScanner.Found found : addresses) {
            if (anywhere.size() + aliases.size() >= MENTIONS_MAX) {
                return;
            }
            String key = AddressScanner.key(found.address());
            Mention mention = new Mention(found.address(), number, found.to(), false);
            String prefix = line.substring(0, found.from());
            Role role = beginsLine(prefix) && wrapsAlias(number) ? Role.ALIAS : layout.roleAfter(prefix);
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

    /** Addresses at which mailing list programs take orders; a list's refusal names them as a help. */
    private static boolean takesCommands(String key) {
        String local = key.substring(0, Math.max(0, key.indexOf('@')));
        return local.endsWith("-ctl")
                || local.endsWith("-request")
                || local.endsWith("-help")
                || local.endsWith("-subscribe")
                || local.endsWith("-unsubscribe")
                || local.equals("majordomo")
                || local.equals("listserv");
    }

    private static boolean beginsLine(String prefix) {
        return LayoutRules.bare(prefix).isEmpty();
    }

    /** The address only begins the line because "(expanded from" before it was wrapped, as Postfix does. */
    private boolean wrapsAlias(int number) {
        String before = number == 0 ? "" : lines.get(number - 1).strip();
        return before.indexOf('(') >= 0 && layout.roleAfter(before) == Role.ALIAS;
    }

    /** The address only begins the line because the sentence before it ("please contact") was wrapped. */
    private boolean continuesContact(int number) {
        if (number == 0) {
            return false;
        }
        String before = lines.get(number - 1).strip();
        return !before.isEmpty()
                && Character.isLetter(before.charAt(before.length() - 1))
                && layout.roleAfter(before) == Role.OTHER;
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
            String line = lower.get(i);
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

    /** The first line with a reply code and what follows it in its paragraph; empty if there is none. */
    String firstReply() {
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            if (text.length() == 0 ? ReplyCodes.in(line).reply() != null : !line.isBlank()) {
                add(text, line);
            } else if (text.length() > 0) {
                break;
            }
        }
        return text.toString();
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

    /**
     * All lines that mention an address: its share of a transcript. A line that is no reply itself brings the reply that
     * follows it; sendmail's own summing-up brings the server's reply that stands before it.
     */
    String transcriptOf(String address) {
        String key = AddressScanner.key(address);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines.size() && text.length() < DiagnosticClassifier.TEXT_MAX; i++) {
            String line = lines.get(i);
            if (!lower.get(i).contains(key) || LayoutRules.bare(line).equalsIgnoreCase(address)) {
                continue;
            }
            boolean reply = ReplyCodes.in(line).reply() != null;
            if (reply && i > 0 && lines.get(i - 1).strip().startsWith("<<<")) {
                add(text, lines.get(i - 1));
            }
            add(text, line);
            if (!reply
                    && i + 1 < lines.size()
                    && ReplyCodes.in(lines.get(i + 1)).reply() != null) {
                add(text, lines.get(i + 1));
            }
        }
        return text.toString();
    }
}
