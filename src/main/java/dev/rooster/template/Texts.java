package dev.rooster.template;

import dev.rooster.language.Language;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * The words of templates in one language, from {@code texts_ko.properties} or {@code texts_en.properties} beside them; in a template
 * {@code {{text.key}}}. A nearer file overrides key by key.
 *
 * @param byKey plain text
 */
record Texts(Map<String, String> byKey) {

    /** Words of the root folder, and over them those of the template's own folder ({@code pages/…}). */
    static Texts read(TemplateFiles files, String templateName, Language language) {
        Map<String, String> byKey = new LinkedHashMap<>();
        String file = "texts_" + language.tag() + ".properties";
        addAll(byKey, files.all(file));
        int slash = templateName.lastIndexOf('/');
        if (slash >= 0) {
            addAll(byKey, files.all(templateName.substring(0, slash + 1) + file));
        }
        return new Texts(byKey);
    }

    private static void addAll(Map<String, String> byKey, List<TemplateFiles.Source> nearestFirst) {
        for (int i = nearestFirst.size() - 1; i >= 0; i--) {
            Properties properties = new Properties();
            try {
                properties.load(new StringReader(nearestFirst.get(i).text()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (IllegalArgumentException e) { // \\u without four digits
                throw new TemplateProblem(
                        TemplateFault.Kind.SYNTAX, nearestFirst.get(i).file(), 0, String.valueOf(e.getMessage()), "");
            }
            properties.forEach((key, text) -> byKey.put((String) key, ModelTree.clean((String) text)));
        }
    }

    Shape shape() {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        byKey.keySet().forEach(key -> shapes.put(key, new Shape.Text()));
        return new Shape.Fields(shapes);
    }
}
