package dev.rooster.template;

import dev.rooster.language.Language;
import java.nio.file.Path;

/**
 * The templates of an installation: its own {@code templates/} folder, file by file over the ones that come with this program.
 *
 * <p>Files are read each time they are asked for, so an edited one shows at once. Thread-safe.
 */
public final class Templates {

    private final Path folder;

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
        return Template.load(files(""), kind, name, model, language);
    }
}
