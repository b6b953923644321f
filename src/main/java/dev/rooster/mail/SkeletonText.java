package dev.rooster.mail;

import java.util.ArrayList;
import java.util.List;

/**
 * The text form in which skeletons are stored: {@link #format} and {@link #parse} are exact inverses.
 *
 * <pre>
 * rooster-skeleton 1
 * fixed text, as it is; "$" before "{" is written ${$}
 * ${subscriber.name|HTML|fallback}     a hole; in the fallback \ | } are written \\ \| \}
 * ${?subscriber.name}present${:}absent${/}
 * </pre>
 */
public final class SkeletonText {
    private static final String FIRST_LINE = "rooster-skeleton 1\n";

    private SkeletonText() {}

    public static String format(Skeleton skeleton) {
        StringBuilder out = new StringBuilder(FIRST_LINE);
        format(skeleton, out);
        return out.toString();
    }

    private static void format(Skeleton skeleton, StringBuilder out) {
        for (Segment segment : skeleton.segments()) {
            if (segment instanceof Segment.Fixed fixed) {
                out.append(fixed.text().replace("${", "${$}{"));
            } else if (segment instanceof Segment.Hole hole) {
                String fallback = hole.fallback().replaceAll("[\\\\|}]", "\\\\$0");
                out.append("${").append(hole.field()).append('|').append(hole.escaping());
                out.append('|').append(fallback).append('}');
            } else if (segment instanceof Segment.Choice choice) {
                out.append("${?").append(choice.field()).append('}');
                format(choice.present(), out);
                out.append("${:}");
                format(choice.absent(), out);
                out.append("${/}");
            }
        }
    }

    /**
     * @throws IllegalArgumentException when the text was not made by {@link #format}, saying where
     */
    public static Skeleton parse(String text) {
        if (!text.startsWith(FIRST_LINE)) {
            throw new IllegalArgumentException("not a stored skeleton: its first line is not " + FIRST_LINE.strip());
        }
        Parser parser = new Parser(text, FIRST_LINE.length());
        Skeleton skeleton = parser.skeleton(false);
        if (parser.at < text.length()) {
            throw parser.problem("${:} or ${/} without ${?…}");
        }
        return skeleton;
    }

    private static final class Parser {
        private final String text;
        private int at;

        Parser(String text, int at) {
            this.text = text;
            this.at = at;
        }

        /** Reads up to the end of the text, or up to the {@code ${:}} or {@code ${/}} that ends this branch. */
        Skeleton skeleton(boolean inChoice) {
            List<Segment> segments = new ArrayList<>();
            while (at < text.length() && !looksAt("${:}") && !looksAt("${/}")) {
                if (!looksAt("${")) {
                    int next = text.indexOf("${", at);
                    int end = next < 0 ? text.length() : next;
                    segments.add(new Segment.Fixed(text.substring(at, end)));
                    at = end;
                } else if (looksAt("${$}")) {
                    segments.add(new Segment.Fixed("$"));
                    at += 4;
                } else {
                    segments.add(looksAt("${?") ? choice() : hole());
                }
            }
            if (inChoice && at >= text.length()) {
                throw problem("the end inside ${?…}");
            }
            return new Skeleton(segments);
        }

        private Segment.Choice choice() {
            int close = text.indexOf('}', at);
            if (close < 0) {
                throw problem("${? without }");
            }
            String field = text.substring(at + 3, close);
            at = close + 1;
            Skeleton present = skeleton(true);
            expect("${:}");
            Skeleton absent = skeleton(true);
            expect("${/}");
            return new Segment.Choice(field, present, absent);
        }

        private Segment.Hole hole() {
            int start = at;
            int first = text.indexOf('|', at);
            int second = first < 0 ? -1 : text.indexOf('|', first + 1);
            if (second < 0) {
                throw problem("a hole without its escaping and fallback");
            }
            Escaping escaping = Escaping.valueOf(text.substring(first + 1, second));
            StringBuilder fallback = new StringBuilder();
            for (at = second + 1; at < text.length() && text.charAt(at) != '}'; at++) {
                if (text.charAt(at) == '\\') {
                    at++;
                }
                if (at < text.length()) {
                    fallback.append(text.charAt(at));
                }
            }
            expect("}");
            return new Segment.Hole(text.substring(start + 2, first), escaping, fallback.toString());
        }

        private boolean looksAt(String mark) {
            return text.startsWith(mark, at);
        }

        private void expect(String mark) {
            if (!looksAt(mark)) {
                throw problem("something else than " + mark);
            }
            at += mark.length();
        }

        IllegalArgumentException problem(String found) {
            return new IllegalArgumentException("a stored skeleton is damaged at character " + at + ": found " + found);
        }
    }
}
