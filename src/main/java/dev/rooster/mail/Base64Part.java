package dev.rooster.mail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * A body in base64 (RFC 2045 §6.8).
 *
 * <p>Three octets make four characters, so how fixed text is encoded depends on where it begins modulo 3, and that on
 * the lengths of the values before it. Long fixed text is therefore encoded three times, once for each number of octets
 * (0, 1, 2) that the group before it borrows from its head. What lies between two such texts (tail, values, borrowed
 * head) is encoded for each recipient, on lines of its own: lines may be shorter than 76 characters, groups are never
 * split.
 */
final class Base64Part implements EncodedPart {
    private static final int LINE_OCTETS = 57;
    /** Shorter fixed text is cheaper to encode again than to keep three times. */
    private static final int LONG_OCTETS_MIN = 2 * LINE_OCTETS;

    private final List<Node> nodes;

    Base64Part(Skeleton skeleton) {
        this.nodes = compile(skeleton);
    }

    @Override
    public String encodingName() {
        return "base64";
    }

    @Override
    public void write(MergeValues values, MessageBuffer out) {
        MessageBuffer pending = out.scratch();
        pending.clear();
        int start = out.length();
        writeAll(nodes, values, pending, out);
        writeLines(pending, out);
        if (out.length() > start) {
            out.dropLineEnd();
        }
    }

    private static List<Node> compile(Skeleton skeleton) {
        List<Node> nodes = new ArrayList<>();
        for (Segment segment : skeleton.segments()) {
            if (segment instanceof Segment.Fixed fixed) {
                byte[] octets = BodyText.utf8(BodyText.ofFixed(fixed.text()));
                nodes.add(octets.length < LONG_OCTETS_MIN ? new Short(octets) : Long.of(octets));
            } else if (segment instanceof Segment.Hole hole) {
                nodes.add(new Value(hole));
            } else if (segment instanceof Segment.Choice choice) {
                nodes.add(new Either(choice, compile(choice.present()), compile(choice.absent())));
            }
        }
        return List.copyOf(nodes);
    }

    private static void writeAll(List<Node> nodes, MergeValues values, MessageBuffer pending, MessageBuffer out) {
        for (Node node : nodes) {
            node.write(values, pending, out);
        }
    }

    private static void writeLines(MessageBuffer pending, MessageBuffer out) {
        for (int at = 0; at < pending.length(); at += LINE_OCTETS) {
            int end = Math.min(at + LINE_OCTETS, pending.length());
            out.append(Base64.getEncoder().encode(Arrays.copyOfRange(pending.array(), at, end)));
            out.appendAscii("\r\n");
        }
        pending.clear();
    }

    private sealed interface Node {
        /**
         * @param pending octets not yet encoded
         */
        void write(MergeValues values, MessageBuffer pending, MessageBuffer out);
    }

    private record Short(byte[] octets) implements Node {
        @Override
        public void write(MergeValues values, MessageBuffer pending, MessageBuffer out) {
            pending.append(octets);
        }
    }

    private record Value(Segment.Hole hole) implements Node {
        @Override
        public void write(MergeValues values, MessageBuffer pending, MessageBuffer out) {
            pending.append(BodyText.utf8(BodyText.ofValue(hole.textFor(values))));
        }
    }

    private record Either(Segment.Choice choice, List<Node> present, List<Node> absent) implements Node {
        @Override
        public void write(MergeValues values, MessageBuffer pending, MessageBuffer out) {
            writeAll(choice.isPresentIn(values) ? present : absent, values, pending, out);
        }
    }

    /**
     * @param lines by the number of octets borrowed from the head: whole lines of 76 characters
     * @param tailStart by the same: where the octets begin that {@code lines} leaves over
     */
    private record Long(byte[] octets, byte[][] lines, int[] tailStart) implements Node {
        static Long of(byte[] octets) {
            byte[][] lines = new byte[3][];
            int[] tailStart = new int[3];
            Base64.Encoder encoder = Base64.getMimeEncoder(LINE_OCTETS / 3 * 4, new byte[] {'\r', '\n'});
            for (int borrowed = 0; borrowed < 3; borrowed++) {
                tailStart[borrowed] = borrowed + (octets.length - borrowed) / LINE_OCTETS * LINE_OCTETS;
                byte[] encoded = encoder.encode(Arrays.copyOfRange(octets, borrowed, tailStart[borrowed]));
                lines[borrowed] = Arrays.copyOf(encoded, encoded.length + 2);
                lines[borrowed][encoded.length] = '\r';
                lines[borrowed][encoded.length + 1] = '\n';
            }
            return new Long(octets, lines, tailStart);
        }

        @Override
        public void write(MergeValues values, MessageBuffer pending, MessageBuffer out) {
            int borrowed = (3 - pending.length() % 3) % 3;
            pending.append(octets, 0, borrowed);
            writeLines(pending, out);
            out.appendDotless(lines[borrowed]);
            pending.append(octets, tailStart[borrowed], octets.length - tailStart[borrowed]);
        }
    }
}
