package dev.rooster.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A text with holes: what remains of a template when everything that is the same for all recipients is filled in.
 *
 * <p>Neighbouring fixed texts are joined and empty ones dropped, so that two skeletons that say the same are equal.
 * Immutable.
 */
public record Skeleton(List<Segment> segments) {
    public static final Skeleton EMPTY = new Skeleton(List.of());
    private static final Pattern FIELD = Pattern.compile("[\\p{L}\\p{M}\\p{N}._-]{1,100}");

    public Skeleton {
        List<Segment> joined = new ArrayList<>(segments.size());
        for (Segment segment : segments) {
            boolean fixed = segment instanceof Segment.Fixed;
            if (fixed && ((Segment.Fixed) segment).text().isEmpty()) {
                continue;
            }
            if (fixed && !joined.isEmpty() && joined.get(joined.size() - 1) instanceof Segment.Fixed before) {
                joined.set(joined.size() - 1, new Segment.Fixed(before.text() + ((Segment.Fixed) segment).text()));
            } else {
                joined.add(segment);
            }
        }
        segments = List.copyOf(joined);
    }

    /** A skeleton without holes. */
    public static Skeleton of(String text) {
        return new Skeleton(List.of(new Segment.Fixed(text)));
    }

    /** The whole text for one recipient. */
    public String merge(MergeValues values) {
        StringBuilder out = new StringBuilder();
        mergeInto(values, out);
        return out.toString();
    }

    private void mergeInto(MergeValues values, StringBuilder out) {
        for (Segment segment : segments) {
            if (segment instanceof Segment.Fixed fixed) {
                out.append(fixed.text());
            } else if (segment instanceof Segment.Hole hole) {
                out.append(hole.textFor(values));
            } else if (segment instanceof Segment.Choice choice) {
                (choice.isPresentIn(values) ? choice.present() : choice.absent()).mergeInto(values, out);
            }
        }
    }

    /** Every field that is asked for, in both branches of every choice. */
    public Set<String> fields() {
        Set<String> fields = new TreeSet<>();
        for (Segment segment : segments) {
            if (segment instanceof Segment.Hole hole) {
                fields.add(hole.field());
            } else if (segment instanceof Segment.Choice choice) {
                fields.add(choice.field());
                fields.addAll(choice.present().fields());
                fields.addAll(choice.absent().fields());
            }
        }
        return fields;
    }

    static void checkField(String field) {
        if (field == null || !FIELD.matcher(field).matches()) {
            throw new IllegalArgumentException(
                    "a merge field is made of letters, digits, dots, hyphens and underscores, found: " + field);
        }
    }
}
