package dev.rooster.template;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Copies a model into maps, lists, texts and flags: all that Mustache ever sees. Control characters are left out of texts on the way,
 * and so are Unicode's noncharacters, which mark merge fields while a mail is made ({@link Sentinels}).
 */
final class ModelTree {

    private static final Pattern UNWANTED = Pattern.compile("[\\p{Cc}&&[^\\n\\t]]|[\\uFDD0-\\uFDEF\\uFFFE\\uFFFF]");

    private ModelTree() {}

    /** Names and values of a record; a null component is absent. */
    static Map<String, Object> of(Record model) {
        Map<String, Object> tree = new LinkedHashMap<>();
        for (RecordComponent component : model.getClass().getRecordComponents()) {
            Object value = valueOf(read(component, model));
            tree.put(component.getName(), value == null ? "" : value);
        }
        return tree;
    }

    private static Object valueOf(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.<Object>map(ModelTree::valueOf).orElse(null);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(ModelTree::valueOf).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> texts = new LinkedHashMap<>();
            map.forEach((key, text) -> texts.put((String) key, clean((String) text)));
            return texts;
        }
        if (value instanceof Html html) {
            return clean(html.source());
        }
        if (value instanceof Url url) {
            return clean(url.text());
        }
        if (value instanceof Record record) {
            return of(record);
        }
        if (value instanceof String || value instanceof Number) {
            return clean(value.toString());
        }
        return value; // a flag, or null
    }

    static String clean(String text) {
        return UNWANTED.matcher(text).replaceAll("");
    }

    private static Object read(RecordComponent component, Record model) {
        try {
            component.getAccessor().setAccessible(true); // models may be package-private
            return component.getAccessor().invoke(model);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("cannot read " + component + " of " + model.getClass(), e);
        }
    }
}
