package dev.rooster.template;

import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * Writes a style sheet into the elements of a document. What an element's own {@code style} says comes last and wins. Classes that no
 * kept rule asks for are dropped: a mail is cut off at about 100 KB.
 */
final class InlineStyles {

    private static final Pattern CLASS = Pattern.compile("\\.([A-Za-z_][\\w-]*)");

    private InlineStyles() {}

    static void apply(StyleSheet sheet, Document document) {
        Map<Element, Map<String, StyleSheet.Declaration>> styles = new IdentityHashMap<>();
        for (StyleSheet.Rule rule : sheet.inlined()) {
            for (Element element : document.select(rule.selector())) {
                Map<String, StyleSheet.Declaration> style =
                        styles.computeIfAbsent(element, any -> new LinkedHashMap<>());
                rule.declarations().forEach(declaration -> put(style, declaration));
            }
        }
        styles.forEach((element, style) -> element.attr("style", joined(style, element.attr("style"))));
        dropClasses(document, String.join("", sheet.kept()));
        keep(sheet.kept(), document);
    }

    private static void put(Map<String, StyleSheet.Declaration> style, StyleSheet.Declaration declaration) {
        StyleSheet.Declaration before = style.get(declaration.property());
        if (before == null || !before.important() || declaration.important()) {
            style.remove(declaration.property()); // to the end: a shorthand must not undo what came after it
            style.put(declaration.property(), declaration);
        }
    }

    private static String joined(Map<String, StyleSheet.Declaration> style, String own) {
        String inlined = style.values().stream()
                .map(declaration -> declaration.property() + ":" + declaration.value())
                .collect(Collectors.joining(";"));
        return own.isBlank() ? inlined : inlined + ";" + own.strip();
    }

    private static void dropClasses(Document document, String kept) {
        Set<String> wanted = new HashSet<>();
        for (Matcher matcher = CLASS.matcher(kept); matcher.find(); ) {
            wanted.add(matcher.group(1));
        }
        for (Element element : document.select("[class]")) {
            Set<String> names = element.classNames();
            names.retainAll(wanted);
            if (names.isEmpty()) {
                element.removeAttr("class");
            } else {
                element.classNames(names);
            }
        }
    }

    /** Outlook's rules apart: a program that does not understand one rule drops its whole {@code <style>}. */
    private static void keep(List<String> kept, Document document) {
        Map<Boolean, List<String>> byOutlook =
                kept.stream().collect(Collectors.partitioningBy(rule -> rule.contains("[data-og")));
        for (boolean outlook : List.of(false, true)) {
            if (!byOutlook.get(outlook).isEmpty()) {
                document.head()
                        .appendElement("style")
                        .appendChild(new DataNode(String.join("\n", byOutlook.get(outlook))));
            }
        }
    }
}
