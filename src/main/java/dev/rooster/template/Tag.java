package dev.rooster.template;

import java.util.List;

/** A piece of a template, as written. */
sealed interface Tag {

    /** What stands between tags. */
    record Fixed(Place place, String text) implements Tag {}

    /** File and line it stands in. */
    record Place(String file, int line) {}

    /** {@code {{name}}} or, when raw, {@code {{{name}}}}. */
    record Value(Place place, String name, boolean raw) implements Tag {}

    /** Recipient data; {@code index} is its number in {@link MergeTags}. */
    record Merge(Place place, MergeField field, int index) implements Tag {}

    /** <code>{{#name}}…{{/name}}</code> or, when inverted, <code>{{^name}}…{{/name}}</code>. */
    record Section(Place place, String name, boolean inverted, List<Tag> inside) implements Tag {}

    /** <code>{{> name}}</code>, with the tags of that file. */
    record Partial(Place place, String name, List<Tag> inside) implements Tag {}

    Place place();
}
