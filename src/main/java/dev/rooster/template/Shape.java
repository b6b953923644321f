package dev.rooster.template;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a name in a template stands for, known from the type of the model before there is a value. */
sealed interface Shape {

    /** A text, shown escaped. */
    record Text() implements Shape {}

    /** Digits, harmless wherever they stand. */
    record Digits() implements Shape {}

    /** A URL, which alone may begin a link. */
    record Link() implements Shape {}

    /** HTML, shown as it is. */
    record Markup() implements Shape {}

    /** Only asked whether it holds. */
    record Flag() implements Shape {}

    /** Names within names. */
    record Fields(Map<String, Shape> byName) implements Shape {}

    /** A section over it is repeated. */
    record Many(Shape element) implements Shape {}

    /** A map of texts whose names are known only when it is there. */
    record AnyText() implements Shape {}

    /**
     * The shape of a record type: its components by name.
     *
     * @throws IllegalArgumentException when a component is of a type that templates may not see (a bug)
     */
    static Fields ofRecord(Class<?> type) {
        Map<String, Shape> byName = new LinkedHashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            byName.put(component.getName(), ofType(component.getGenericType(), component));
        }
        return new Fields(byName);
    }

    private static Shape ofType(Type type, RecordComponent component) {
        if (type instanceof ParameterizedType generic) {
            Type first = generic.getActualTypeArguments()[0];
            if (generic.getRawType() == List.class) {
                return new Many(ofType(first, component));
            }
            if (generic.getRawType() == Optional.class) {
                return ofType(first, component);
            }
            if (generic.getRawType() == Map.class
                    && first == String.class
                    && generic.getActualTypeArguments()[1] == String.class) {
                return new AnyText();
            }
        } else if (type instanceof Class<?> plain) {
            if (plain == String.class) {
                return new Text();
            }
            if (plain == int.class || plain == long.class) {
                return new Digits();
            }
            if (plain == boolean.class) {
                return new Flag();
            }
            if (plain == Url.class) {
                return new Link();
            }
            if (plain == Html.class) {
                return new Markup();
            }
            if (plain.isRecord()) {
                return ofRecord(plain);
            }
        }
        throw new IllegalArgumentException("templates can't be given " + component + ": " + type.getTypeName());
    }
}
