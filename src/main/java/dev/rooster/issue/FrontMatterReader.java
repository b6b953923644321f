package dev.rooster.issue;

import dev.rooster.language.DisplayWidth;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code key: plain text to the end of the line} between two lines of {@code ---}. Not YAML, on purpose: a Korean
 * subject holds colons, brackets and quotes, and all of them are meant.
 */
final class FrontMatterReader {
    /** Longest title or subject, in characters. */
    static final int TEXT_CHARS_MAX = 300;

    /** Widest subject that mailboxes show whole on a phone, in columns (a wide character takes two). */
    static final int SUBJECT_COLUMNS_MAX = 60;

    /** Longest preheader that is worth writing, in characters. */
    static final int PREHEADER_CHARS_MAX = 90;

    private static final Pattern FENCE = Pattern.compile("-{3,}[ \\t]*");
    private static final Pattern DATE = Pattern.compile(
            "(\\d{4})\\s*[-./년]\\s*(\\d{1,2})\\s*[-./월]\\s*(\\d{1,2})\\s*[.일]?(\\s*\\(?[월화수목금토일]요?일?\\)?)?");
    private static final Set<String> YES = Set.of("예", "네", "yes", "true", "on", "y", "o");
    private static final Set<String> NO = Set.of("아니오", "아니요", "no", "false", "off", "n", "x");
    private static final Pattern REPLY = Pattern.compile("(re|fwd?|답장|전달)\\s*[:：].*", Pattern.CASE_INSENSITIVE);

    private final Findings findings;
    private final Map<FrontMatterKey, String> values = new EnumMap<>(FrontMatterKey.class);
    private final Map<FrontMatterKey, Integer> lines = new EnumMap<>(FrontMatterKey.class);

    FrontMatterReader(Findings findings) {
        this.findings = findings;
    }

    /**
     * Reads the front matter of a file.
     *
     * @param source all lines of the file
     * @return how many lines belong to it, fences included; 0 when there is none
     */
    int read(List<String> source) {
        if (source.isEmpty() || !FENCE.matcher(source.get(0)).matches()) {
            findings.add(FindingCode.FRONT_MATTER_MISSING, 1);
            return 0;
        }
        for (int i = 1; i < source.size(); i++) {
            if (FENCE.matcher(source.get(i)).matches()) {
                return i + 1;
            }
            if (source.get(i).startsWith("#")) {
                break;
            }
            readLine(source.get(i), i + 1);
        }
        findings.add(FindingCode.FRONT_MATTER_OPEN, 1);
        return 0;
    }

    FrontMatter result() {
        String title = text(FrontMatterKey.TITLE);
        if (title.isEmpty()) {
            findings.add(FindingCode.TITLE_MISSING, lines.getOrDefault(FrontMatterKey.TITLE, 1));
        }
        boolean declared = yesNo(FrontMatterKey.ADVERTISING, false);
        FrontMatterKey from = text(FrontMatterKey.SUBJECT).isEmpty() ? FrontMatterKey.TITLE : FrontMatterKey.SUBJECT;
        AdvertisingMark mark = AdvertisingMark.read(text(from));
        checkMark(mark, text(from), line(from), declared);
        boolean advertising = declared || mark.exact();
        checkSubject(mark.rest(), line(from));
        checkPreheader();
        return new FrontMatter(
                AdvertisingMark.read(title).rest(),
                mark.rest(),
                text(FrontMatterKey.PREHEADER),
                text(FrontMatterKey.SUBTITLE),
                date(),
                text(FrontMatterKey.WEEK),
                advertising,
                yesNo(FrontMatterKey.FEEDBACK, true),
                text(FrontMatterKey.NEWSLETTER));
    }

    /** The line of the subject, for what is only known once the whole issue was read. */
    int subjectLine() {
        return line(values.containsKey(FrontMatterKey.SUBJECT) ? FrontMatterKey.SUBJECT : FrontMatterKey.TITLE);
    }

    private void readLine(String line, int number) {
        if (line.isBlank()) {
            return;
        }
        int colon = Colon.indexIn(line);
        if (colon < 0) {
            findings.add(FindingCode.FRONT_MATTER_LINE, number, shortened(line));
            return;
        }
        String typed = line.substring(0, colon).strip();
        Optional<FrontMatterKey> key = FrontMatterKey.find(typed);
        if (key.isEmpty()) {
            FrontMatterKey.near(typed)
                    .ifPresentOrElse(
                            near -> findings.add(FindingCode.UNKNOWN_KEY_NEAR, number, shortened(typed), near),
                            () -> findings.add(
                                    FindingCode.UNKNOWN_KEY,
                                    number,
                                    shortened(typed),
                                    String.join(", ", FrontMatterKey.names())));
            return;
        }
        keep(key.get(), typed, line.substring(colon + 1), number);
    }

    private void keep(FrontMatterKey key, String typed, String text, int number) {
        String value = text.replaceAll("[\\s\\u2028\\u2029]+", " ").strip();
        if (values.putIfAbsent(key, value) != null) {
            findings.add(FindingCode.DUPLICATE_KEY, number, typed, lines.get(key));
            return;
        }
        lines.put(key, number);
        if (value.length() > TEXT_CHARS_MAX) {
            findings.add(FindingCode.VALUE_TOO_LONG, number, typed, value.length(), TEXT_CHARS_MAX);
        }
    }

    private void checkMark(AdvertisingMark mark, String found, int line, boolean declared) {
        if (mark.variant()) {
            findings.add(FindingCode.ADVERTISING_VARIANT, line, shortened(found));
        } else if (mark.exact() && !declared) {
            findings.add(FindingCode.ADVERTISING_TYPED, line);
        }
    }

    private void checkSubject(String subject, int line) {
        if (REPLY.matcher(subject).matches()) {
            findings.add(FindingCode.SUBJECT_REPLY, line, shortened(subject));
        }
    }

    /** Measured with the prefix, as the reader sees it. */
    void checkSubjectWidth(IssueDocument document) {
        int columns = DisplayWidth.columns((document.advertising() ? AdvertisingMark.PREFIX + " " : "")
                + document.front().subject());
        if (columns > SUBJECT_COLUMNS_MAX) {
            findings.add(FindingCode.SUBJECT_LONG, subjectLine(), columns, SUBJECT_COLUMNS_MAX);
        }
    }

    private void checkPreheader() {
        String preheader = text(FrontMatterKey.PREHEADER);
        if (preheader.isEmpty()) {
            findings.add(FindingCode.PREHEADER_MISSING, line(FrontMatterKey.PREHEADER));
        } else if (preheader.length() > PREHEADER_CHARS_MAX) {
            findings.add(
                    FindingCode.PREHEADER_LONG,
                    line(FrontMatterKey.PREHEADER),
                    preheader.length(),
                    PREHEADER_CHARS_MAX);
        }
    }

    private Optional<LocalDate> date() {
        String typed = text(FrontMatterKey.DATE);
        if (typed.isEmpty()) {
            return Optional.empty();
        }
        Matcher form = DATE.matcher(typed);
        try {
            if (form.matches()) {
                return Optional.of(LocalDate.of(number(form, 1), number(form, 2), number(form, 3)));
            }
        } catch (DateTimeException noSuchDay) {
            // told below, like any other text that is no date
        }
        findings.add(FindingCode.DATE_INVALID, line(FrontMatterKey.DATE), shortened(typed));
        return Optional.empty();
    }

    private boolean yesNo(FrontMatterKey key, boolean unsaid) {
        String typed = text(key).toLowerCase(Locale.ROOT);
        if (typed.isEmpty()) {
            return unsaid;
        }
        if (!YES.contains(typed) && !NO.contains(typed)) {
            findings.add(FindingCode.YES_NO_INVALID, line(key), shortened(typed));
            return unsaid;
        }
        return YES.contains(typed);
    }

    private String text(FrontMatterKey key) {
        return values.getOrDefault(key, "");
    }

    private int line(FrontMatterKey key) {
        return lines.getOrDefault(key, 1);
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }

    static String shortened(String text) {
        return DisplayWidth.truncate(text.strip().replace('\n', ' '), 60);
    }
}
