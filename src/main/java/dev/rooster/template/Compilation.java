package dev.rooster.template;

import com.github.mustachejava.DefaultMustacheFactory;
import com.github.mustachejava.DefaultMustacheVisitor;
import com.github.mustachejava.Mustache;
import com.github.mustachejava.MustacheException;
import com.github.mustachejava.MustacheVisitor;
import com.github.mustachejava.TemplateContext;
import dev.rooster.mail.Escaping;
import dev.rooster.template.TemplateFault.Kind;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compiles one template with Mustache, switching off what a newsletter does not need, and notes its tags for {@link TemplateCheck}.
 * Merge fields become sentinels and sections over recipients become bounds around what they hold, so that both a field's presence and
 * its absence are in what comes out. Single use, one thread.
 */
final class Compilation extends DefaultMustacheFactory {

    /** How deep templates may include templates. */
    private static final int DEPTH_MAX = 8;

    private static final Pattern LINE = Pattern.compile(":(\\d+)]?");

    private final TemplateFiles files;
    private final TemplateKind kind;
    private final MergeTags merges = new MergeTags();
    private final List<TemplateFault> faults = new ArrayList<>();
    private final Map<Mustache, List<Tag>> tagsOf = new IdentityHashMap<>();
    private final Deque<String> open = new ArrayDeque<>();

    Compilation(TemplateFiles files, TemplateKind kind) {
        super(Compilation::nothing);
        this.files = files;
        this.kind = kind;
        setObjectHandler(new MapsOnly());
    }

    private static Reader nothing(String name) {
        throw new IllegalStateException("templates are read by TemplateFiles, not by name: " + name);
    }

    /**
     * Compiles a template and everything it includes.
     *
     * @throws TemplateProblem with every fault that can be seen without a model
     */
    Mustache compileAll(String name) {
        Mustache mustache = compileFile(files.get(name + kind.suffix()));
        if (!faults.isEmpty()) {
            throw new TemplateProblem(faults);
        }
        mustache.init();
        return mustache;
    }

    List<Tag> tagsOf(Mustache mustache) {
        return tagsOf.get(mustache);
    }

    MergeTags merges() {
        return merges;
    }

    private Mustache compileFile(TemplateFiles.Source source) {
        open.push(source.file());
        try {
            return mc.compile(new StringReader(source.text()), source.file());
        } catch (MustacheException e) {
            throw syntaxProblem(source, e);
        } finally {
            open.pop();
        }
    }

    /** Mustache names the line in its context, or only in its message. */
    private static TemplateProblem syntaxProblem(TemplateFiles.Source source, MustacheException e) {
        String message = String.valueOf(e.getMessage())
                .replaceAll("\\s*(?:@|in )?\\[?\\Q" + source.file() + "\\E(?::\\d+)?]?", "")
                .strip();
        Matcher line = LINE.matcher(String.valueOf(e.getMessage()));
        int at = e.getContext() != null ? e.getContext().line() : line.find() ? Integer.parseInt(line.group(1)) : 0;
        return new TemplateProblem(Kind.SYNTAX, source.file(), at, message, "");
    }

    @Override
    public MustacheVisitor createMustacheVisitor() {
        return new Visitor();
    }

    @Override
    public void encode(String value, Writer out) {
        try {
            out.write(kind.html() ? Escaping.HTML_ATTRIBUTE.escape(value) : value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Notes tags of one level of one template. */
    private final class Visitor extends DefaultMustacheVisitor {

        private final List<Tag> tags = new ArrayList<>();

        Visitor() {
            super(Compilation.this);
        }

        @Override
        public Mustache mustache(TemplateContext context) {
            Mustache mustache = super.mustache(context);
            tagsOf.put(mustache, tags);
            return mustache;
        }

        @Override
        public void write(TemplateContext context, String text) {
            tags.add(new Tag.Fixed(place(context), text));
            super.write(context, text);
        }

        @Override
        public void value(TemplateContext context, String name, boolean encoded) {
            if (!kind.merging() || !MergeField.isRecipientData(name)) {
                tags.add(new Tag.Value(place(context), name, !encoded));
                super.value(context, name, encoded);
                return;
            }
            MergeField.read(name)
                    .ifPresentOrElse(
                            field -> {
                                int index = merges.addHole(field);
                                tags.add(new Tag.Merge(place(context), field, index));
                                super.write(context, Sentinels.hole(index));
                            },
                            () -> fault(Kind.RECIPIENT_SECTION, context, name));
        }

        @Override
        public void iterable(TemplateContext context, String name, Mustache inside) {
            if (!section(context, name, inside, false)) {
                super.iterable(context, name, inside);
            }
        }

        @Override
        public void notIterable(TemplateContext context, String name, Mustache inside) {
            if (!section(context, name, inside, true)) {
                super.notIterable(context, name, inside);
            }
        }

        /** Whether it was one over a recipient, and is dealt with. */
        private boolean section(TemplateContext context, String name, Mustache inside, boolean inverted) {
            tags.add(new Tag.Section(place(context), name, inverted, tagsOf.get(inside)));
            if (!kind.merging() || !MergeField.isRecipientData(name)) {
                return false;
            }
            MergeField field = MergeField.read(name).orElse(null);
            if (field == null || field.isLink() || name.contains("|")) {
                fault(Kind.RECIPIENT_SECTION, context, name);
                return true;
            }
            int index = merges.addSection(place(context), field.field(), inverted);
            super.write(context, Sentinels.open(index, kind.html()));
            list.add(inside);
            super.write(context, Sentinels.close(index, kind.html()));
            return true;
        }

        @Override
        public void partial(TemplateContext context, String name, String indent) {
            TemplateFiles.Source source = files.find(name + kind.suffix()).orElse(null);
            if (source == null) {
                fault(Kind.MISSING_FILE, context, name + kind.suffix());
            } else if (open.contains(source.file()) || open.size() >= DEPTH_MAX) {
                fault(Kind.PARTIAL_RECURSION, context, name);
            } else {
                Mustache inside = compileFile(source);
                tags.add(new Tag.Partial(place(context), name, tagsOf.get(inside)));
                list.add(inside);
            }
        }

        @Override
        public void dynamicPartial(TemplateContext context, String name, String indent) {
            fault(Kind.SWITCHED_OFF, context, "{{>*" + name + "}}");
        }

        @Override
        public void extend(TemplateContext context, String name, Mustache inside) {
            fault(Kind.SWITCHED_OFF, context, "{{<" + name + "}}");
        }

        @Override
        public void name(TemplateContext context, String name, Mustache inside) {
            fault(Kind.SWITCHED_OFF, context, "{{$" + name + "}}");
        }

        @Override
        public void checkName(TemplateContext context, String name, Mustache inside) {
            // asked for every name of an inheriting template, which extend() refuses
        }

        @Override
        public void pragma(TemplateContext context, String name, String arguments) {
            fault(Kind.SWITCHED_OFF, context, "{{%" + name + "}}");
        }

        private void fault(Kind what, TemplateContext context, String found) {
            faults.add(new TemplateFault(what, context.file(), context.line(), found, ""));
        }

        private Tag.Place place(TemplateContext context) {
            return new Tag.Place(context.file(), context.line());
        }
    }
}
