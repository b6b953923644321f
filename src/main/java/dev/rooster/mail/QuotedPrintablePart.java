package dev.rooster.mail;

import java.util.ArrayList;
import java.util.List;

/**
 * A body in quoted-printable (RFC 2045 §6.7).
 *
 * <p>How fixed text is encoded depends on the column where it begins, and that on the values before it. Only the first
 * piece of a fixed text, up to a line end that is near or else a soft line break, is encoded for each recipient;
 * what follows begins at column 0 and is encoded once.
 */
final class QuotedPrintablePart implements EncodedPart {
    /** A fixed text is begun anew at its first line end within so many characters, else at a soft line break. */
    private static final int OPENING_LENGTH_MAX = 160;

    private final List<Node> nodes;

    QuotedPrintablePart(Skeleton skeleton) {
        this.nodes = compile(skeleton);
    }

    @Override
    public String encodingName() {
        return "quoted-printable";
    }

    @Override
    public void write(MergeValues values, MessageBuffer out) {
        writeAll(nodes, values, new QuotedPrintableWriter(out));
    }

    private static List<Node> compile(Skeleton skeleton) {
        List<Node> nodes = new ArrayList<>();
        for (Segment segment : skeleton.segments()) {
            if (segment instanceof Segment.Fixed fixed) {
                nodes.add(Text.of(BodyText.ofFixed(fixed.text())));
            } else if (segment instanceof Segment.Hole hole) {
                nodes.add(new Value(hole));
            } else if (segment instanceof Segment.Choice choice) {
                nodes.add(new Either(choice, compile(choice.present()), compile(choice.absent())));
            }
        }
        return List.copyOf(nodes);
    }

    private static void writeAll(List<Node> nodes, MergeValues values, QuotedPrintableWriter writer) {
        for (Node node : nodes) {
            node.write(values, writer);
        }
    }

    private sealed interface Node {
        void write(MergeValues values, QuotedPrintableWriter writer);
    }

    private record Value(Segment.Hole hole) implements Node {
        @Override
        public void write(MergeValues values, QuotedPrintableWriter writer) {
            writer.write(BodyText.ofValue(hole.textFor(values)));
        }
    }

    private record Either(Segment.Choice choice, List<Node> present, List<Node> absent) implements Node {
        @Override
        public void write(MergeValues values, QuotedPrintableWriter writer) {
            writeAll(choice.isPresentIn(values) ? present : absent, values, writer);
        }
    }

    /**
     * @param opening what is encoded at the column where it happens to begin
     * @param rest encoded from column 0; empty when the opening is all
     * @param endColumn the column after the rest
     */
    private record Text(String opening, byte[] rest, int endColumn) implements Node {
        static Text of(String text) {
            int lineEnd = text.indexOf("\r\n");
            int split = lineEnd >= 0 && lineEnd < OPENING_LENGTH_MAX ? lineEnd + 2 : softSplit(text);
            MessageBuffer rest = new MessageBuffer(text.length() * 2 + 16);
            QuotedPrintableWriter writer = new QuotedPrintableWriter(rest);
            writer.write(text.substring(split));
            return new Text(text.substring(0, split), rest.toByteArray(), writer.column());
        }

        private static int softSplit(String text) {
            if (text.length() <= OPENING_LENGTH_MAX) {
                return text.length();
            }
            // Between two characters that are not blank, so that none has to be encoded for standing at a line's end.
            for (int at = 1; at < OPENING_LENGTH_MAX; at++) {
                boolean whole = !Character.isLowSurrogate(text.charAt(at));
                if (whole && text.charAt(at - 1) > ' ' && text.charAt(at) > ' ') {
                    return at;
                }
            }
            return text.length();
        }

        @Override
        public void write(MergeValues values, QuotedPrintableWriter writer) {
            writer.write(opening);
            if (rest.length > 0) {
                writer.continueAtColumnZero(rest, endColumn);
            }
        }
    }
}
