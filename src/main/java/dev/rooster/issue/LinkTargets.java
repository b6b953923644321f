package dev.rooster.issue;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;

/**
 * Checks where links lead and writes the addresses as a mail needs them: absolute, ASCII, host as A-labels. A link that
 * leads nowhere from inside a mail loses its address and keeps its words; the writer is told.
 */
final class LinkTargets extends AbstractVisitor {
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(.*)", Pattern.DOTALL);
    private static final Pattern WEB = Pattern.compile("(https?)://([^/?#]+)(.*)", Pattern.CASE_INSENSITIVE);

    private final Findings findings;

    LinkTargets(Findings findings) {
        this.findings = findings;
    }

    @Override
    public void visit(Link link) {
        visitChildren(link);
        if (link.getFirstChild() == null) {
            findings.add(FindingCode.LINK_EMPTY, Lines.of(link), link.getDestination());
        }
        Optional<String> target = target(link.getDestination(), Lines.of(link));
        if (target.isPresent()) {
            link.setDestination(target.get());
        } else {
            unwrap(link);
        }
    }

    @Override
    public void visit(Image image) {
        // A picture's address is the picture reader's business.
    }

    /** The address as a mail needs it; empty, with a finding, when it can't lead anywhere from there. */
    Optional<String> target(String written, int line) {
        String typed = written.strip();
        Matcher scheme = SCHEME.matcher(typed);
        if (!scheme.matches() || scheme.group(1).contains(".")) {
            findings.add(FindingCode.LINK_RELATIVE, line, typed);
            return Optional.empty();
        }
        return switch (scheme.group(1).toLowerCase(Locale.ROOT)) {
            case "http", "https" -> web(typed, line);
            case "mailto", "tel" -> Optional.of(percentEncoded(typed));
            default -> {
                findings.add(FindingCode.LINK_SCHEME, line, scheme.group(1));
                yield Optional.empty();
            }
        };
    }

    private Optional<String> web(String typed, int line) {
        Matcher parts = WEB.matcher(typed);
        if (parts.matches()) {
            try {
                String address = parts.group(1).toLowerCase(Locale.ROOT) + "://" + asciiHost(parts.group(2))
                        + percentEncoded(parts.group(3));
                if (new URI(address).getHost() != null) {
                    return Optional.of(address);
                }
            } catch (URISyntaxException | IllegalArgumentException noAddress) {
                // told below
            }
        }
        findings.add(FindingCode.LINK_BROKEN, line, typed);
        return Optional.empty();
    }

    private static String asciiHost(String authority) {
        int port = authority.lastIndexOf(':');
        String host = port < 0 ? authority : authority.substring(0, port);
        return IDN.toASCII(host) + (port < 0 ? "" : authority.substring(port));
    }

    /** Percent-encodes what RFC 3986 does not allow in an address, and nothing twice. */
    private static String percentEncoded(String text) {
        StringBuilder encoded = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b > ' ' && b < 0x7f && "\"<>\\^`{|}".indexOf(b) < 0) {
                encoded.append((char) b);
            } else {
                encoded.append(String.format("%%%02X", b & 0xff));
            }
        }
        return encoded.toString();
    }

    private static void unwrap(Link link) {
        Node child = link.getFirstChild();
        while (child != null) {
            Node next = child.getNext();
            link.insertBefore(child);
            child = next;
        }
        link.unlink();
    }
}
