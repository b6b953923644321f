package dev.rooster.notice;

import dev.rooster.template.Url;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A rendered notice, read back into its parts: a first line {@code Subject: …}, paragraphs between empty lines, a paragraph
 * {@code [label] https://…} that becomes a button, and after a line {@code --} the signature.
 */
record NoticeText(String subject, List<NoticeFrame.Part> parts, List<String> signature) {
    private static final String SUBJECT = "Subject:";
    private static final Pattern BUTTON = Pattern.compile("\\[([^]\n]+)] (https?://\\S+)");

    /**
     * @throws IllegalStateException when the template's first line is no subject
     */
    static NoticeText parse(String rendered) {
        String text = rendered.replace("\r\n", "\n").strip();
        int end = text.indexOf('\n');
        if (!text.startsWith(SUBJECT) || end < 0) {
            throw new IllegalStateException(
                    "a notice's template begins with a line 'Subject: …' and has a text after it");
        }
        String subject = text.substring(SUBJECT.length(), end).strip();
        String[] halves = text.substring(end).strip().split("\n--[ ]*\n", 2);
        List<NoticeFrame.Part> parts = new ArrayList<>();
        for (String paragraph : halves[0].split("\n\\s*\n")) {
            if (!paragraph.isBlank()) {
                parts.add(part(paragraph.strip()));
            }
        }
        return new NoticeText(subject, List.copyOf(parts), halves.length < 2 ? List.of() : lines(halves[1]));
    }

    private static NoticeFrame.Part part(String paragraph) {
        Matcher button = BUTTON.matcher(paragraph);
        return button.matches()
                ? new NoticeFrame.Part(true, button.group(1), new Url(button.group(2)), List.of())
                : new NoticeFrame.Part(false, "", new Url(""), lines(paragraph));
    }

    private static List<String> lines(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    /** The text part: the same, with each button's address on a line of its own. */
    String plain() {
        StringBuilder out = new StringBuilder();
        for (NoticeFrame.Part part : parts) {
            if (part.button()) {
                out.append(part.label()).append(":\n").append(part.url().text()).append("\n\n");
            } else {
                out.append(String.join("\n", part.lines())).append("\n\n");
            }
        }
        if (!signature.isEmpty()) {
            out.append("-- \n").append(String.join("\n", signature)).append('\n');
        }
        return out.toString();
    }
}
