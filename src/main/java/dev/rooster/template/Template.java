package dev.rooster.template;

import com.github.mustachejava.Mustache;
import com.github.mustachejava.MustacheException;
import dev.rooster.language.Language;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A compiled and checked template in one language, for one type of model. Immutable and thread-safe once made. */
final class Template {

    private final String file;
    private final Mustache mustache;
    private final MergeTags merges;
    private final Map<String, Object> builtIn;

    private Template(String file, Mustache mustache, MergeTags merges, Map<String, Object> builtIn) {
        this.file = file;
        this.mustache = mustache;
        this.merges = merges;
        this.builtIn = builtIn;
    }

    /**
     * Loads a template with everything it includes and checks it.
     *
     * @param name without the ending, {@code pages/unsubscribe}
     * @param model the record type it will be given
     * @throws TemplateProblem with every fault found
     */
    static Template load(TemplateFiles files, TemplateKind kind, String name, Class<?> model, Language language) {
        Compilation compilation = new Compilation(files, kind);
        Mustache mustache = compilation.compileAll(name);
        Texts texts = Texts.read(files, name, language);

        Map<String, Shape> shapes = new LinkedHashMap<>(Shape.ofRecord(model).byName());
        shapes.put("text", texts.shape());
        shapes.put("lang", new Shape.Text());
        for (Language each : Language.values()) {
            shapes.put(each.tag(), new Shape.Flag());
        }
        List<TemplateFault> faults =
                TemplateCheck.check(kind, compilation.tagsOf(mustache), compilation.merges(), new Shape.Fields(shapes));
        if (!faults.isEmpty()) {
            throw new TemplateProblem(faults);
        }

        Map<String, Object> builtIn = new LinkedHashMap<>();
        builtIn.put("text", texts.byKey());
        builtIn.put("lang", language.tag());
        for (Language each : Language.values()) {
            builtIn.put(each.tag(), each == language);
        }
        return new Template("templates/" + name + kind.suffix(), mustache, compilation.merges(), builtIn);
    }

    MergeTags merges() {
        return merges;
    }

    /** As operators know it. */
    String file() {
        return file;
    }

    /**
     * What comes out for a model.
     *
     * @param model of the type that was named when it was loaded
     */
    String render(Record model) {
        Map<String, Object> scope = ModelTree.of(model);
        scope.putAll(builtIn);
        BoundedWriter out = new BoundedWriter();
        try {
            mustache.execute(out, scope);
        } catch (BoundedWriter.Full e) {
            throw tooMuch();
        } catch (MustacheException e) {
            if (e.getCause() instanceof BoundedWriter.Full) {
                throw tooMuch();
            }
            throw e;
        }
        return out.toString();
    }

    private TemplateProblem tooMuch() {
        return new TemplateProblem(
                TemplateFault.Kind.TOO_MUCH_OUTPUT, file, 0, BoundedWriter.CHARS_MAX / 1024 + " K", "");
    }
}
