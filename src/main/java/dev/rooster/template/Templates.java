package dev.rooster.template;

import dev.rooster.language.Language;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The templates of an installation: its own {@code templates/} folder, file by file over the ones that come with this program.
 *
 * <p>A template of pages is compiled once and kept until one of its files is edited, added or removed; the change shows at once.
 * Thread-safe.
 */
public final class Templates {

    /** What a compiled template was made for. There are as many as pages, notices and languages. */
    private record Key(TemplateKind kind, String name, Class<?> model, Language language) {}

    private record Kept(Template template, TemplateFiles files, Map<String, String> stamps) {
        boolean isFresh() {
            return files.unchanged(stamps);
        }
    }

    private final Path folder;
    private final Map<Key, Kept> kept = new ConcurrentHashMap<>();

    /** @param folder the installation's {@code templates/}; null or missing: only those of this program */
    public Templates(Path folder) {
        this.folder = folder;
    }

    /** Those of this program alone. */
    public static Templates builtIn() {
        return new Templates(null);
    }

    TemplateFiles files(String ownFolder) {
        return new TemplateFiles(folder, ownFolder);
    }

    Template load(TemplateKind kind, String name, Class<? extends Record> model, Language language) {
        Key key = new Key(kind, name, model, language);
        Kept before = kept.get(key);
        if (before != null && before.isFresh()) {
            return before.template();
        }
        TemplateFiles files = files("");
        Template template = Template.load(files, kind, name, model, language);
        kept.put(key, new Kept(template, files, files.stamps()));
        return template;
    }
}
