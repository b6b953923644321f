package dev.rooster.template;

import dev.rooster.mail.Segment;
import dev.rooster.mail.Skeleton;
import dev.rooster.newsletter.Identity;
import dev.rooster.template.TemplateFault.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jsoup.Jsoup;

/**
 * Sees that a finished part holds, for every recipient, who sends it and how to refuse it, in Korean and in English (Network Act of
 * Korea §50(4)). Looks at what came out, not at the template: an identity that a template forgets is not in the mail.
 */
final class LawfulFooter {

    private static final String UNSUBSCRIBE = "link.unsubscribe";

    private LawfulFooter() {}

    /**
     * @param identity parts that are not known yet are not asked for: whether they may be missing is the settings' affair
     * @throws TemplateProblem naming everything that is not there
     */
    static void require(String file, Skeleton part, boolean html, Identity identity) {
        String always = textOf(part);
        String words = oneLine(html ? Jsoup.parse(always).body().text() : always);
        List<TemplateFault> faults = new ArrayList<>();
        for (String wanted : List.of(
                identity.name(), identity.email(), identity.phone(), identity.address(), "수신거부", "Unsubscribe")) {
            if (!words.contains(oneLine(wanted))) {
                faults.add(new TemplateFault(Kind.LAW, file, 0, "\"" + wanted + "\"", ""));
            }
        }
        boolean linked = part.segments().stream()
                .anyMatch(segment ->
                        segment instanceof Segment.Hole hole && hole.field().equals(UNSUBSCRIBE));
        if (!linked) {
            faults.add(new TemplateFault(Kind.LAW, file, 0, "{{" + UNSUBSCRIBE + "}}", ""));
        }
        if (!faults.isEmpty()) {
            throw new TemplateProblem(faults);
        }
    }

    /** What everybody gets: choices left out. */
    private static String textOf(Skeleton part) {
        StringBuilder text = new StringBuilder();
        for (Segment segment : part.segments()) {
            if (segment instanceof Segment.Fixed fixed) {
                text.append(fixed.text());
            }
        }
        return text.toString();
    }

    private static String oneLine(String text) {
        return text.replaceAll("[\\s\\u00a0]+", " ").strip();
    }
}
