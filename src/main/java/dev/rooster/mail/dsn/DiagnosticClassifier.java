package dev.rooster.mail.dsn;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The one place that knows what a refusal means, whether it came as an SMTP reply or in a report. Rules are read from
 * {@code rules-refusal.txt} and {@code rules-code.txt}; the first whose conditions all hold decides. Where nothing fits, a refusal is
 * {@link Category#OTHER} and soft: an address is never given up on a guess. Immutable and thread-safe; the time is
 * linear in the text, of which the first {@value #TEXT_MAX} characters are read.
 */
public final class DiagnosticClassifier {
    /** Where in the conversation the refusal came; some systems say "user unknown" when they mean "unwanted". */
    public enum Stage {
        /** At or before the recipient, or nobody knows. */
        RECIPIENT,
        /** After the message itself: the recipient had been accepted. */
        MESSAGE
    }

    /**
     * What a refusal means.
     *
     * @param category why
     * @param verdict whose fault
     * @param why the name of the rule that decided
     */
    public record Classified(Category category, Verdict verdict, String why) {}

    static final int TEXT_MAX = 4000;
    static final Classified NO_RULE = new Classified(Category.OTHER, Verdict.SOFT, "no-rule");
    static final Set<String> KEYS = Set.of(
            "category",
            "verdict",
            "why",
            "reply",
            "status",
            "unless-status",
            "stage",
            "phrase",
            "unless",
            "with",
            "sample");
    private static final DiagnosticClassifier STANDARD =
            new DiagnosticClassifier(RuleFile.load("rules-refusal.txt", KEYS), RuleFile.load("rules-code.txt", KEYS));

    private final List<RefusalRule> wordings;
    private final List<RefusalRule> codes;

    DiagnosticClassifier(List<Rule> wordings, List<Rule> codes) {
        this.wordings = wordings.stream().map(RefusalRule::of).toList();
        this.codes = codes.stream().map(RefusalRule::of).toList();
    }

    /** The classifier with the rules the program ships. */
    public static DiagnosticClassifier standard() {
        return STANDARD;
    }

    /**
     * Classifies a refusal at or before the recipient. Codes that are null are looked for in the text.
     *
     * @param replyCode three digits, or null
     * @param enhancedStatus such as {@code 5.1.1}, or null; its class wins over the reply code's where they differ
     *     (RFC 3463 §2 wants them to agree)
     * @param text the reply or diagnostic, several lines joined by anything; null counts as empty
     */
    public Classified classify(String replyCode, String enhancedStatus, String text) {
        return classify(replyCode, enhancedStatus, text, Stage.RECIPIENT);
    }

    /** The same for a refusal at a known stage. */
    public Classified classify(String replyCode, String enhancedStatus, String text, Stage stage) {
        Classified found = byWording(replyCode, enhancedStatus, text, stage, Set.of());
        if (found == null) {
            String given = bounded(text);
            ReplyCodes inText = ReplyCodes.in(given);
            found = byCode(
                    replyCode == null ? inText.reply() : replyCode,
                    enhancedStatus == null ? inText.enhanced() : enhancedStatus);
        }
        return found == null ? NO_RULE : found;
    }

    /** What the words mean, leaving out rules of some categories; null where no rule knows them. */
    Classified byWording(String replyCode, String enhancedStatus, String text, Stage stage, Set<Category> except) {
        String given = bounded(text);
        ReplyCodes inText = ReplyCodes.in(given);
        String reply = replyCode == null ? inText.reply() : replyCode;
        String enhanced = enhancedStatus == null ? inText.enhanced() : enhancedStatus;
        Wording wording = Wording.of(withoutRepeatedCodes(given));
        Stage where = RefusalRule.saysAfterMessage(wording) ? Stage.MESSAGE : stage;
        return firstOf(wordings, reply, enhanced, wording, where, except);
    }

    /** What the codes alone mean; null where they mean nothing in particular. */
    Classified byCode(String replyCode, String enhancedStatus) {
        return firstOf(codes, replyCode, enhancedStatus, Wording.NONE, Stage.RECIPIENT, Set.of());
    }

    /** True if a text tells that the message itself was refused, its recipient having been accepted. */
    static boolean saysAfterMessage(String text) {
        return !text.isEmpty() && RefusalRule.saysAfterMessage(Wording.of(bounded(text)));
    }

    private static Classified firstOf(
            List<RefusalRule> rules,
            String reply,
            String enhanced,
            Wording wording,
            Stage where,
            Set<Category> except) {
        boolean temporary = ReplyCodes.classOf(reply, enhanced) == '4';
        for (RefusalRule rule : rules) {
            if (!except.contains(rule.category()) && rule.matches(reply, enhanced, wording, where)) {
                Verdict verdict = rule.verdict() == Verdict.HARD && temporary ? Verdict.SOFT : rule.verdict();
                return new Classified(rule.category(), verdict, rule.id());
            }
        }
        return null;
    }

    private static String bounded(String text) {
        return text == null ? "" : text.length() > TEXT_MAX ? text.substring(0, TEXT_MAX) : text;
    }

    /**
     * Replies of several lines arrive joined, each line with its code ("does not 550-5.1.1 exist"); the codes between
     * would tear phrases apart.
     */
    private static String withoutRepeatedCodes(String text) {
        if (text.length() < 8) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            int end = i > 0 && text.charAt(i - 1) <= ' ' ? repeatedCodeEnd(text, i) : -1;
            if (end > 0) {
                i = end;
            } else {
                out.append(text.charAt(i++));
            }
        }
        return out.toString();
    }

    private static int repeatedCodeEnd(String text, int i) {
        if (i + 4 >= text.length() || (text.charAt(i) != '5' && text.charAt(i) != '4')) {
            return -1;
        }
        if (!digit(text, i + 1) || !digit(text, i + 2) || (text.charAt(i + 3) != '-' && text.charAt(i + 3) != ' ')) {
            return -1;
        }
        int end = i + 4;
        if (text.charAt(end) == text.charAt(i) && end + 1 < text.length() && text.charAt(end + 1) == '.') {
            while (end < text.length() && (digit(text, end) || text.charAt(end) == '.')) {
                end++;
            }
        }
        while (end < text.length() && text.charAt(end) == ' ') {
            end++;
        }
        return end;
    }

    private static boolean digit(String text, int i) {
        return text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }

    /** A rule of {@code rules-refusal.txt}, compiled. */
    private record RefusalRule(
            String id,
            Category category,
            Verdict verdict,
            List<String> replies,
            List<String> statuses,
            List<String> unlessStatuses,
            Stage stage,
            List<Phrase> phrases,
            List<Phrase> with,
            List<Phrase> unless) {

        private static final List<Phrase> AFTER_MESSAGE = Phrase.all(List.of(
                "end of data",
                "after message body",
                "in response to the body",
                "did not like our final data",
                "after i sent the message",
                "reply to data command"));

        static RefusalRule of(Rule rule) {
            RefusalRule compiled = new RefusalRule(
                    rule.id(),
                    Category.valueOf(name(rule, "category")),
                    Verdict.valueOf(name(rule, "verdict")),
                    codes(rule, "reply"),
                    codes(rule, "status"),
                    codes(rule, "unless-status"),
                    rule.one("stage") == null ? null : Stage.valueOf(name(rule, "stage")),
                    Phrase.all(rule.all("phrase")),
                    Phrase.all(rule.all("with")),
                    Phrase.all(rule.all("unless")));
            if (compiled.phrases.isEmpty() && compiled.replies.isEmpty() && compiled.statuses.isEmpty()) {
                throw new IllegalStateException("rule [" + rule.id() + "] would match everything");
            }
            return compiled;
        }

        boolean matches(String reply, String enhanced, Wording wording, Stage where) {
            return (statuses.isEmpty() || statuses.stream().anyMatch(p -> code(p, enhanced)))
                    && unlessStatuses.stream().noneMatch(p -> code(p, enhanced))
                    && (replies.isEmpty() || replies.stream().anyMatch(p -> code(p, reply)))
                    && (stage == null || stage == where)
                    && (phrases.isEmpty() || Phrase.any(phrases, wording))
                    && (with.isEmpty() || Phrase.any(with, wording))
                    && !Phrase.any(unless, wording);
        }

        static boolean saysAfterMessage(Wording wording) {
            return Phrase.any(AFTER_MESSAGE, wording);
        }

        /** Compares with a pattern in which {@code x} stands for one digit and a final {@code *} for any rest. */
        private static boolean code(String pattern, String code) {
            if (code == null) {
                return false;
            }
            boolean open = pattern.endsWith("*");
            int length = open ? pattern.length() - 1 : pattern.length();
            if (open ? code.length() < length : code.length() != length) {
                return false;
            }
            for (int i = 0; i < length; i++) {
                if (pattern.charAt(i) != 'x' && pattern.charAt(i) != code.charAt(i)) {
                    return false;
                }
            }
            return true;
        }

        private static String name(Rule rule, String key) {
            String value = rule.one(key);
            if (value == null) {
                throw new IllegalStateException("rule [" + rule.id() + "] has no " + key);
            }
            return value.toUpperCase(Locale.ROOT).replace('-', '_');
        }

        private static List<String> codes(Rule rule, String key) {
            List<String> codes = new ArrayList<>();
            for (String line : rule.all(key)) {
                codes.addAll(List.of(line.split("\\s+")));
            }
            return List.copyOf(codes);
        }
    }
}
