package dev.rooster.issue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;

/**
 * Turns addresses that stand bare in the text into links. An address is ASCII (RFC 3986), so it ends before the particle
 * in {@code https://example.com에서}; whoever has an address with Hangul in it writes it between {@code <} and {@code >}.
 * Punctuation at the end, and a bracket that was opened before the address, belong to the sentence.
 */
final class BareUrls extends AbstractVisitor {
    private static final Pattern URL =
            Pattern.compile("(?<![A-Za-z0-9])https?://[A-Za-z0-9][A-Za-z0-9\\-._~:/?#\\[\\]@!$&'()*+,;=%]*");
    private static final Pattern HANGUL_RUN = Pattern.compile("[\\uac00-\\ud7a3]+");
    private static final String TRAILING = "?!.,:;*_~'\"";
    private static final Set<String> PARTICLES = Set.of(
            "은", "는", "이", "가", "을", "를", "의", "에", "에서", "에는", "에도", "에서는", "에서도", "에게", "로", "으로", "로는", "와", "과",
            "도", "만", "나", "까지", "부터", "보다", "처럼", "라는", "라고", "이라는", "이라고", "인데", "이며", "입니다", "이다", "에서만", "에서의",
            "로의", "으로의", "및", "등", "등에", "등에서");

    private final Findings findings;

    BareUrls(Findings findings) {
        this.findings = findings;
    }

    @Override
    public void visit(Link link) {
        // Text inside a link is a link already.
    }

    @Override
    public void visit(Image image) {
        // Alternative text is plain.
    }

    @Override
    public void visit(Text text) {
        List<Node> parts = split(text);
        if (parts.size() == 1 && parts.get(0) instanceof Text) {
            return;
        }
        Node last = text;
        for (Node part : parts) {
            last.insertAfter(part);
            last = part;
        }
        text.unlink();
    }

    private List<Node> split(Text text) {
        String literal = text.getLiteral();
        List<Node> parts = new ArrayList<>();
        int from = 0;
        Matcher url = URL.matcher(literal);
        while (url.find()) {
            String address = withoutTrailing(url.group());
            int end = url.start() + address.length();
            if (url.start() > from) {
                parts.add(textLike(text, literal.substring(from, url.start())));
            }
            parts.add(link(text, address));
            warnIfCut(text, address, literal.substring(url.end()));
            from = end;
            url.region(end, literal.length());
        }
        if (from < literal.length() || parts.isEmpty()) {
            parts.add(textLike(text, literal.substring(from)));
        }
        return parts;
    }

    private void warnIfCut(Text text, String address, String rest) {
        Matcher hangul = HANGUL_RUN.matcher(rest);
        boolean insidePath = "/=-_%".indexOf(address.charAt(address.length() - 1)) >= 0;
        if (insidePath && hangul.lookingAt() && !PARTICLES.contains(hangul.group())) {
            findings.add(FindingCode.URL_CUT, Lines.of(text), address, hangul.group());
        }
    }

    private static Link link(Text like, String address) {
        Link link = new Link(address, null);
        link.setSourceSpans(like.getSourceSpans());
        link.appendChild(textLike(like, address));
        return link;
    }

    private static Text textLike(Text like, String literal) {
        Text part = new Text(literal);
        part.setSourceSpans(like.getSourceSpans());
        return part;
    }

    private static String withoutTrailing(String url) {
        int end = url.length();
        while (end > 0) {
            char last = url.charAt(end - 1);
            boolean unopened = last == ')' && count(url, end, ')') > count(url, end, '(')
                    || last == ']' && count(url, end, ']') > count(url, end, '[');
            if (TRAILING.indexOf(last) < 0 && !unopened) {
                break;
            }
            end--;
        }
        return url.substring(0, end);
    }

    private static long count(String url, int end, char sign) {
        return url.substring(0, end).chars().filter(c -> c == sign).count();
    }
}
