package dev.rooster.issue;

import dev.rooster.language.Language;
import dev.rooster.language.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a mended issue says otherwise than before: part by part, and its links. Immutable; made by {@link CompareIssues}.
 *
 * @param changes in the order of the mail
 * @param linksAdded addresses that only the mended one has, in its order
 * @param linksRemoved addresses that only the one before had, in its order
 */
public record IssueDifference(List<Change> changes, List<String> linksAdded, List<String> linksRemoved) {
    /** Longest summary kept, in characters. */
    private static final int SUMMARY_CHARS_MAX = 500;
    /** Links that are shown one by one. */
    private static final int LINKS_SHOWN_MAX = 10;
    /** The summary of a version whose issue is the same: templates or settings made the difference. */
    private static final String LOOK = "look";

    private static final Pattern TOPIC = Pattern.compile("topic-(\\d+)");
    private static final Pattern LINKS = Pattern.compile("links\\+(\\d+)-(\\d+)");

    /** What can change; the word is kept with a version. */
    public enum What {
        TITLE(true),
        SUBJECT(true),
        PREHEADER(true),
        SUBTITLE(true),
        WEEK(true),
        ADVERTISING(false),
        LEAD(false),
        TOPIC(false),
        CLOSING(false),
        NEWS(false),
        FEEDBACK(false),
        SPONSOR(false);

        /** One line of text, shown as it was and as it is. */
        private final boolean line;

        What(boolean line) {
            this.line = line;
        }

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One change.
     *
     * @param number the topic's number; 0 for everything else
     * @param before the line as it was, or the title of the part; empty: it was not there
     * @param after the line as it is, or the title of the part; empty: it is gone
     */
    public record Change(What what, int number, Optional<String> before, Optional<String> after) {}

    public IssueDifference {
        changes = List.copyOf(changes);
        linksAdded = List.copyOf(linksAdded);
        linksRemoved = List.copyOf(linksRemoved);
    }

    /** The difference in a few words of ours, to be kept: {@code subject lead topic-2 links+1-0}. */
    public String summary() {
        List<String> words = new ArrayList<>();
        changes.forEach(
                change -> words.add(change.what().word() + (change.number() == 0 ? "" : "-" + change.number())));
        if (!linksAdded.isEmpty() || !linksRemoved.isEmpty()) {
            words.add("links+" + linksAdded.size() + "-" + linksRemoved.size());
        }
        if (words.isEmpty()) {
            return LOOK;
        }
        String summary = String.join(" ", words);
        return summary.length() <= SUMMARY_CHARS_MAX
                ? summary
                : summary.substring(0, summary.lastIndexOf(' ', SUMMARY_CHARS_MAX));
    }

    /** A kept summary, for an operator to read, in one line. */
    public static String line(String summary, Language language) {
        Messages messages = Messages.of(IssueDifference.class, language);
        List<String> words = new ArrayList<>();
        for (String word : summary.split(" ")) {
            Matcher topic = TOPIC.matcher(word);
            Matcher links = LINKS.matcher(word);
            words.add(
                    topic.matches()
                            ? messages.text("difference.topic", topic.group(1))
                            : links.matches()
                                    ? messages.text("difference.links", links.group(1), links.group(2))
                                    : messages.text("difference." + word));
        }
        return String.join(", ", words);
    }

    /** The whole of it, a line for each change, for an operator to read; empty when the text is the same. */
    public String lines(Language language) {
        Messages messages = Messages.of(IssueDifference.class, language);
        List<String> lines = new ArrayList<>();
        changes.forEach(change -> lines.add(line(change, messages)));
        links(lines, "+", linksAdded, messages);
        links(lines, "-", linksRemoved, messages);
        return lines.stream().map(line -> "  " + line).collect(Collectors.joining("\n"));
    }

    private static String line(Change change, Messages messages) {
        String name = change.number() == 0
                ? messages.text("difference." + change.what().word())
                : messages.text("difference.topic", String.valueOf(change.number()));
        if (change.what().line) {
            return messages.text(
                    "difference.was-is",
                    name,
                    change.before().orElse(""),
                    change.after().orElse(""));
        }
        String title = change.after().or(change::before).orElse("");
        String named = title.isEmpty() ? name : messages.text("difference.named", name, title);
        String how = change.before().isEmpty() ? "new" : change.after().isEmpty() ? "gone" : "changed";
        return messages.text("difference.how." + how, named);
    }

    private static void links(List<String> lines, String sign, List<String> links, Messages messages) {
        links.stream().limit(LINKS_SHOWN_MAX).forEach(link -> lines.add(sign + " " + link));
        if (links.size() > LINKS_SHOWN_MAX) {
            lines.add(sign + " " + messages.text("difference.more-links", links.size() - LINKS_SHOWN_MAX));
        }
    }
}
