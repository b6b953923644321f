package dev.rooster.template;

import com.helger.css.decl.CSSDeclaration;
import com.helger.css.decl.CSSFontFaceRule;
import com.helger.css.decl.CSSSelector;
import com.helger.css.decl.CSSStyleRule;
import com.helger.css.decl.CascadingStyleSheet;
import com.helger.css.decl.ICSSTopLevelRule;
import com.helger.css.parser.ParseException;
import com.helger.css.reader.CSSReader;
import com.helger.css.reader.CSSReaderSettings;
import com.helger.css.reader.errorhandler.ThrowingCSSParseErrorHandler;
import com.helger.css.writer.CSSWriterSettings;
import dev.rooster.template.TemplateFault.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The style sheet of a mail, divided into what is written into the elements, because half of the mail programs know nothing else, and
 * what can only stand in a {@code <style>}: dark mode, narrow screens, and what Outlook's web mail calls dark.
 *
 * @param inlined in the order in which they apply: the more specific later (CSS Cascade)
 * @param kept rules for the {@code <style>}
 */
record StyleSheet(List<Rule> inlined, List<String> kept) {

    /** One selector with its declarations. */
    record Rule(String selector, int specificity, List<Declaration> declarations) {}

    /** One property. */
    record Declaration(String property, String value, boolean important) {}

    /** What jsoup can't ask an element of a mail that is not being looked at: state, generated content, a wrapper of Outlook's. */
    private static final Pattern NOT_INLINED =
            Pattern.compile(".*(?::{1,2}(?!first-child|last-child|not\\()[a-z-]|\\[data-og).*");

    private static final CSSWriterSettings SHORT = new CSSWriterSettings().setOptimizedOutput(true);

    /**
     * Reads a style sheet.
     *
     * @throws TemplateProblem naming the line that is wrong
     */
    static StyleSheet read(TemplateFiles.Source source) {
        CascadingStyleSheet sheet = parse(source);
        List<Rule> inlined = new ArrayList<>();
        List<String> kept = new ArrayList<>();
        if (sheet.hasImportRules()) {
            throw new TemplateProblem(Kind.CSS, source.file(), 0, "@import", "");
        }
        for (ICSSTopLevelRule rule : sheet.getAllRules()) {
            if (rule instanceof CSSStyleRule style) {
                split(style, inlined, kept);
            } else if (rule instanceof CSSFontFaceRule) {
                throw new TemplateProblem(Kind.CSS, source.file(), 0, "@font-face", "");
            } else {
                kept.add(rule.getAsCSSString(SHORT, 0).strip());
            }
        }
        inlined.sort(Comparator.comparingInt(Rule::specificity)); // stable: later ones win among equals
        return new StyleSheet(List.copyOf(inlined), List.copyOf(kept));
    }

    private static CascadingStyleSheet parse(TemplateFiles.Source source) {
        List<ParseException> problems = new ArrayList<>();
        CascadingStyleSheet sheet = CSSReader.readFromStringReader(
                source.text(),
                new CSSReaderSettings()
                        .setCustomErrorHandler(new ThrowingCSSParseErrorHandler())
                        .setCustomExceptionHandler(problems::add));
        if (sheet == null || !problems.isEmpty()) {
            ParseException problem = problems.isEmpty() ? null : problems.get(0);
            boolean located = problem != null && problem.currentToken != null && problem.currentToken.next != null;
            throw new TemplateProblem(
                    Kind.CSS,
                    source.file(),
                    located ? problem.currentToken.next.beginLine : 0,
                    located ? "'" + problem.currentToken.next.image + "'" : "?",
                    "");
        }
        return sheet;
    }

    private static void split(CSSStyleRule style, List<Rule> inlined, List<String> kept) {
        List<Declaration> declarations = new ArrayList<>();
        for (CSSDeclaration declaration : style.getAllDeclarations()) {
            declarations.add(new Declaration(
                    declaration.getProperty(), declaration.getExpressionAsCSSString(), declaration.isImportant()));
        }
        for (CSSSelector selector : style.getAllSelectors()) {
            String text = selector.getAsCSSString(SHORT, 0);
            if (NOT_INLINED.matcher(text).matches()) {
                kept.add(text + "{"
                        + style.getAllDeclarations().getAllMapped(d -> d.getAsCSSString(SHORT, 0)).stream()
                                .reduce((a, b) -> a + ";" + b)
                                .orElse("")
                        + "}");
            } else {
                inlined.add(new Rule(text, specificity(text), declarations));
            }
        }
    }

    /** Ids, then classes and the like, then elements, as one number (Selectors Level 4 section 17). */
    static int specificity(String selector) {
        int ids = 0;
        int classes = 0;
        int elements = 0;
        for (int i = 0; i < selector.length(); i++) {
            char c = selector.charAt(i);
            char before = i == 0 ? ' ' : selector.charAt(i - 1);
            if (c == '#') {
                ids++;
            } else if (c == '.' || c == '[' || c == ':') {
                classes++;
            } else if (Character.isLetter(c) && " >+~,(".indexOf(before) >= 0) {
                elements++;
            }
        }
        return ids * 10_000 + classes * 100 + elements;
    }
}
