package dev.rooster.template;

import dev.rooster.language.Language;

/**
 * Renders pages and notices: everything that has no holes. Thread-safe.
 *
 * <p>The model is a record of texts ({@code String}), numbers ({@code int}, {@code long}), flags ({@code boolean}), links
 * ({@link Url}), checked HTML ({@link Html}), other such records, and {@code List}s and {@code Optional}s of these; a
 * {@code Map<String, String>} admits any name. A template may only use the names of its model, <code>{{text.…}}</code> from
 * {@code texts_ko.properties} and {@code texts_en.properties} of its folder and of the root, <code>{{lang}}</code>, and the sections
 * <code>{{#ko}}</code> and <code>{{#en}}</code>.
 */
public final class PageRenderer {

    private final Templates templates;

    public PageRenderer(Templates templates) {
        this.templates = templates;
    }

    /**
     * The HTML of a page or notice.
     *
     * @param name without the ending: {@code pages/unsubscribe} is {@code templates/pages/unsubscribe.html.mustache}
     * @throws TemplateProblem when the template is missing or wrong
     */
    public String render(String name, Record model, Language language) {
        return templates
                .load(TemplateKind.HTML, name, model.getClass(), language)
                .render(model);
    }

    /** A text, from {@code NAME.text.mustache}; nothing is escaped, control characters are left out. */
    public String renderText(String name, Record model, Language language) {
        return templates
                .load(TemplateKind.TEXT, name, model.getClass(), language)
                .render(model);
    }

    /** Loads and checks a template in every language without rendering it, so that a fault shows before a reader meets it. */
    public void check(String name, Class<? extends Record> model) {
        for (Language language : Language.values()) {
            templates.load(TemplateKind.HTML, name, model, language);
        }
    }
}
