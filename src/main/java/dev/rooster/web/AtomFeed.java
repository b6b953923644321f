package dev.rooster.web;

import dev.rooster.newsletter.Newsletter;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The sent issues of a newsletter as an Atom feed (RFC 4287). */
record AtomFeed(Newsletter newsletter, URI publicUrl, List<JdbiArchive.Sent> issues) {
    private static final String ATOM = "http://www.w3.org/2005/Atom";

    /** Changes when the feed does. */
    String tag() {
        StringBuilder all = new StringBuilder(newsletter.settings().title());
        issues.forEach(issue -> all.append(issue.issueId()).append(issue.hash()));
        return Integer.toHexString(all.toString().hashCode()) + "-" + issues.size();
    }

    byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            XMLStreamWriter xml =
                    XMLOutputFactory.newFactory().createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
            write(xml);
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("writing to memory does not fail", e);
        }
        return out.toByteArray();
    }

    private void write(XMLStreamWriter xml) throws XMLStreamException {
        String home = publicUrl + "/" + newsletter.name();
        xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
        xml.writeStartElement("feed");
        xml.writeDefaultNamespace(ATOM);
        xml.writeAttribute("xml:lang", newsletter.settings().language().tag());
        text(xml, "id", "urn:rooster:newsletter:" + Long.toUnsignedString(newsletter.publicId()));
        text(xml, "title", newsletter.settings().title());
        // RFC 4287 §4.1.1: a feed has an instant of update, also when it is empty.
        text(xml, "updated", (issues.isEmpty() ? Instant.EPOCH : issues.get(0).releasedAt()).toString());
        link(xml, "self", home + "/feed.xml", "application/atom+xml");
        link(xml, "alternate", home + "/archive", "text/html");
        xml.writeStartElement("author");
        text(xml, "name", newsletter.settings().fromName());
        xml.writeEndElement();
        for (JdbiArchive.Sent issue : issues) {
            xml.writeStartElement("entry");
            text(
                    xml,
                    "id",
                    "urn:rooster:issue:" + Long.toUnsignedString(newsletter.publicId()) + ":" + issue.issueId());
            text(xml, "title", issue.title());
            text(xml, "updated", issue.releasedAt().toString());
            text(xml, "published", issue.releasedAt().toString());
            link(xml, "alternate", home + "/archive/" + issue.issueId(), "text/html");
            text(xml, "summary", issue.title());
            xml.writeEndElement();
        }
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    private static void text(XMLStreamWriter xml, String element, String text) throws XMLStreamException {
        xml.writeStartElement(element);
        // XML 1.0 §2.2 has no place for most control characters, not even escaped.
        xml.writeCharacters(text.replaceAll("[\\p{Cc}&&[^\\n\\t]]|[\\uFFFE\\uFFFF]", ""));
        xml.writeEndElement();
    }

    private static void link(XMLStreamWriter xml, String rel, String href, String type) throws XMLStreamException {
        xml.writeEmptyElement("link");
        xml.writeAttribute("rel", rel);
        xml.writeAttribute("type", type);
        xml.writeAttribute("href", href);
    }
}
