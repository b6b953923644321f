package dev.rooster.template;

import dev.rooster.mail.Escaping;
import dev.rooster.template.TemplateFault.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeSet;

/**
 * Checks a template against the shape of its model before it is ever rendered: each name exists and is used as what it is, each value
 * stands where escaping makes it safe, each section comes back to the place it began in. Decides the escaping of merge fields on the
 * way. Single use.
 */
final class TemplateCheck {

    private final TemplateKind kind;
    private final MergeTags merges;
    private final Deque<Shape> scopes = new ArrayDeque<>();
    private final HtmlPlace place = new HtmlPlace();
    private final List<TemplateFault> faults = new ArrayList<>();

    private TemplateCheck(TemplateKind kind, MergeTags merges, Shape.Fields model) {
        this.kind = kind;
        this.merges = merges;
        scopes.push(model);
    }

    static List<TemplateFault> check(TemplateKind kind, List<Tag> tags, MergeTags merges, Shape.Fields model) {
        TemplateCheck check = new TemplateCheck(kind, merges, model);
        check.walk(tags);
        return check.faults;
    }

    private void walk(List<Tag> tags) {
        for (Tag tag : tags) {
            if (tag instanceof Tag.Fixed fixed) {
                place.read(fixed.text());
            } else if (tag instanceof Tag.Value value) {
                checkValue(value);
            } else if (tag instanceof Tag.Merge merge) {
                checkMerge(merge);
            } else if (tag instanceof Tag.Section section) {
                checkSection(section);
            } else if (tag instanceof Tag.Partial partial) {
                walk(partial.inside());
            }
        }
    }

    private void checkValue(Tag.Value value) {
        Shape shape = find(value.name());
        if (shape == null) {
            unknown(value.place(), value.name());
        } else if (shape instanceof Shape.Markup) {
            if (!value.raw()) {
                fault(Kind.ESCAPED_HTML, value.place(), value.name());
            } else if (!kind.html() || place.mode() != HtmlPlace.Mode.TEXT) {
                fault(Kind.UNSAFE_PLACE, value.place(), value.name());
            }
        } else if (isText(shape)) {
            if (value.raw() && kind.html()) {
                fault(Kind.RAW_TEXT, value.place(), value.name());
            } else if (kind.html() && !isSafeHere(shape)) {
                fault(Kind.UNSAFE_PLACE, value.place(), value.name());
            }
        } else {
            fault(Kind.NOT_A_TEXT, value.place(), value.name());
        }
        place.passValue();
    }

    private static boolean isText(Shape shape) {
        return shape instanceof Shape.Text || shape instanceof Shape.Digits || shape instanceof Shape.Link;
    }

    private boolean isSafeHere(Shape shape) {
        if (shape instanceof Shape.Digits) {
            return place.mode() != HtmlPlace.Mode.TAG_NAME && place.mode() != HtmlPlace.Mode.SCRIPT;
        }
        if (place.inUrlAttribute()) {
            return shape instanceof Shape.Link && place.valueSoFar().isBlank();
        }
        return place.mode() == HtmlPlace.Mode.TEXT
                || place.mode() == HtmlPlace.Mode.PLAIN_ELEMENT
                || (place.inQuotes() && !place.inLiveAttribute());
    }

    private void checkMerge(Tag.Merge merge) {
        if (kind.html()) {
            Escaping escaping = escapingHere(merge.field());
            if (escaping == null) {
                fault(Kind.UNSAFE_PLACE, merge.place(), merge.field().field());
            } else {
                merges.setEscaping(merge.index(), escaping);
            }
        }
        place.passValue();
    }

    /** Null: no escaping makes the field safe here. */
    private Escaping escapingHere(MergeField field) {
        if (place.mode() == HtmlPlace.Mode.TEXT || place.mode() == HtmlPlace.Mode.PLAIN_ELEMENT) {
            return Escaping.HTML;
        }
        if (!place.inQuotes() || place.inLiveAttribute()) {
            return null;
        }
        if (!place.inUrlAttribute()) {
            return Escaping.HTML_ATTRIBUTE;
        }
        String before = place.valueSoFar();
        if (field.isLink()) {
            return before.isBlank() ? Escaping.HTML_ATTRIBUTE : null;
        }
        return before.matches("(?s)(?:https?://[^/?#]+[^?#]*|mailto:[^?]+)\\?.*=.*") ? Escaping.URL_COMPONENT : null;
    }

    private void checkSection(Tag.Section section) {
        String begun = place.mark();
        boolean recipient = kind.merging() && MergeField.isRecipientData(section.name());
        if (recipient) {
            walk(section.inside());
        } else {
            Shape shape = find(section.name());
            if (shape == null) {
                unknown(section.place(), section.name());
            } else if (section.inverted()) {
                walk(section.inside());
            } else {
                scopes.push(shape instanceof Shape.Many many ? many.element() : shape);
                walk(section.inside());
                scopes.pop();
            }
        }
        if (kind.html() && !place.mark().equals(begun)) {
            fault(Kind.BROKEN_SECTION, section.place(), section.name());
        }
    }

    /** The shape of a name, looked up from the innermost scope outwards as Mustache does; null when there is none. */
    private Shape find(String name) {
        if (name.equals(".")) {
            return scopes.peek();
        }
        String[] steps = name.split("\\.", -1);
        for (Shape scope : scopes) {
            Shape first = step(scope, steps[0]);
            if (first != null) {
                Shape found = first;
                for (int i = 1; i < steps.length && found != null; i++) {
                    found = step(found, steps[i]);
                }
                return found;
            }
        }
        return null;
    }

    private static Shape step(Shape shape, String name) {
        if (shape instanceof Shape.AnyText) {
            return new Shape.Text();
        }
        return shape instanceof Shape.Fields fields ? fields.byName().get(name) : null;
    }

    private void unknown(Tag.Place where, String name) {
        if (MergeField.isRecipientData(name)) {
            fault(Kind.NO_RECIPIENT, where, name);
            return;
        }
        if (name.startsWith("text.")) {
            fault(Kind.UNKNOWN_TEXT, where, name);
            return;
        }
        TreeSet<String> known = new TreeSet<>();
        for (Shape scope : scopes) {
            if (scope instanceof Shape.Fields fields) {
                known.addAll(fields.byName().keySet());
            }
        }
        faults.add(new TemplateFault(Kind.UNKNOWN_NAME, where.file(), where.line(), name, String.join(", ", known)));
    }

    private void fault(Kind what, Tag.Place where, String found) {
        faults.add(new TemplateFault(what, where.file(), where.line(), found, ""));
    }
}
