package dev.rooster.mail;

/** A piece of a {@link Skeleton}. */
public sealed interface Segment {

    /** Text that is the same for every recipient. */
    record Fixed(String text) implements Segment {
        public Fixed {
            if (text == null) {
                throw new IllegalArgumentException("a fixed segment has a text, though it may be empty");
            }
        }
    }

    /**
     * A place where a recipient's value goes.
     *
     * @param field the merge field, such as {@code subscriber.name}: letters, digits, dot, hyphen, underscore
     * @param fallback what stands there when the recipient has no value, not yet escaped; "" for nothing
     */
    record Hole(String field, Escaping escaping, String fallback) implements Segment {
        public Hole {
            Skeleton.checkField(field);
            if (escaping == null || fallback == null) {
                throw new IllegalArgumentException("a hole has an escaping and a fallback");
            }
        }

        /** The escaped text for one recipient. */
        String textFor(MergeValues values) {
            String value = values.get(field);
            return escaping.escape(value == null || value.isEmpty() ? fallback : value);
        }
    }

    /** One text when the recipient has a value for the field (not null, not empty), another when not. */
    record Choice(String field, Skeleton present, Skeleton absent) implements Segment {
        public Choice {
            Skeleton.checkField(field);
            if (present == null || absent == null) {
                throw new IllegalArgumentException("a choice has two skeletons, though one may be empty");
            }
        }

        boolean isPresentIn(MergeValues values) {
            String value = values.get(field);
            return value != null && !value.isEmpty();
        }
    }
}
