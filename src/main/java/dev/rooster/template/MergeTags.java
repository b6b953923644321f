package dev.rooster.template;

import dev.rooster.mail.Escaping;
import java.util.ArrayList;
import java.util.List;

/** The merge fields and recipient sections that one template was found to hold, by their numbers. Filled while it is compiled. */
final class MergeTags {

    private final List<Hole> holes = new ArrayList<>();
    private final List<Bound> sections = new ArrayList<>();

    private record Hole(MergeField field, Escaping escaping) {}

    /** A section over a recipient's field. */
    record Bound(Tag.Place place, String field, boolean inverted) {}

    /** Plain text until the place is known. */
    int addHole(MergeField field) {
        holes.add(new Hole(field, Escaping.TEXT));
        return holes.size() - 1;
    }

    int addSection(Tag.Place place, String field, boolean inverted) {
        sections.add(new Bound(place, field, inverted));
        return sections.size() - 1;
    }

    void setEscaping(int hole, Escaping escaping) {
        holes.set(hole, new Hole(holes.get(hole).field(), escaping));
    }

    MergeField field(int hole) {
        return holes.get(hole).field();
    }

    Escaping escaping(int hole) {
        return holes.get(hole).escaping();
    }

    Bound section(int index) {
        return sections.get(index);
    }
}
