package dev.rooster.issue;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Tag;
import org.jsoup.safety.Safelist;

/**
 * Tells the writer which raw HTML a mail can't have, and takes it out before it can swallow the text around it (an
 * unclosed {@code <style>} would). {@link SafeHtml} then cleans what is left, told of or not.
 */
final class RawHtml extends AbstractVisitor {
    private static final Pattern TAG = Pattern.compile("</?([A-Za-z][A-Za-z0-9-]*)[^>]*>", Pattern.DOTALL);

    private final Findings findings;
    private final LinkTargets targets;

    RawHtml(Findings findings, LinkTargets targets) {
        this.findings = findings;
        this.targets = targets;
    }

    @Override
    public void visit(HtmlInline html) {
        Matcher tag = TAG.matcher(html.getLiteral());
        int line = Lines.of(html);
        if (!tag.matches()) {
            html.unlink(); // a comment: written for other writers, not for readers
        } else if (!SafeHtml.allows(tag.group(1))) {
            findings.add(FindingCode.RAW_HTML, line, "<" + tag.group(1).toLowerCase(Locale.ROOT) + ">");
            html.unlink();
        } else {
            Jsoup.parseBodyFragment(html.getLiteral()).body().children().forEach(element -> check(element, line));
        }
    }

    @Override
    public void visit(HtmlBlock html) {
        int line = Lines.of(html);
        for (Element element : Jsoup.parseBodyFragment(html.getLiteral()).body().select("*")) {
            if (element.normalName().equals("body")) {
                continue;
            }
            if (SafeHtml.allows(element.normalName())) {
                check(element, line);
            } else {
                findings.add(FindingCode.RAW_HTML, line, "<" + element.normalName() + ">");
            }
        }
    }

    private void check(Element element, int line) {
        Safelist allowed = SafeHtml.safelist();
        for (Attribute attribute : element.attributes()) {
            if (attribute.getKey().equals("href")) {
                targets.target(attribute.getValue(), line);
            } else if (!allowed.isSafeAttribute(
                    element.normalName(), new Element(Tag.valueOf(element.normalName()), ""), attribute)) {
                findings.add(FindingCode.RAW_HTML_ATTRIBUTE, line, element.normalName(), attribute.getKey());
            }
        }
    }
}
