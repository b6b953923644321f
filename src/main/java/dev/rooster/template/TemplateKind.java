package dev.rooster.template;

/** What a template makes. */
enum TemplateKind {
    /** HTML part of an issue: merge fields become holes. */
    MAIL_HTML(true, true),
    /** Text part of an issue: merge fields become holes, nothing is escaped. */
    MAIL_TEXT(false, true),
    /** A page or a notice's HTML part: everything is known. */
    HTML(true, false),
    /** A notice's text part or subject. */
    TEXT(false, false);

    private final boolean html;
    private final boolean merging;

    TemplateKind(boolean html, boolean merging) {
        this.html = html;
        this.merging = merging;
    }

    boolean html() {
        return html;
    }

    boolean merging() {
        return merging;
    }

    /** What file names end with, so that a part is found for the template that asks for it. */
    String suffix() {
        return html ? ".html.mustache" : ".text.mustache";
    }
}
