package dev.rooster.issue;

import dev.rooster.issue.ReservedHeadings.Meaning;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;

/** What every part needs while one issue is read. One thread. */
record Reading(BlockReader blocks, SafeHtml html, ReservedHeadings headings, Findings findings) {
    /** What a heading means; tells the writer when it is almost, or elsewhere, something else. */
    Meaning meaning(Heading heading) {
        String text = Inlines.text(heading).strip();
        Meaning meaning = headings.of(text);
        if (!meaning.near().isEmpty()) {
            findings.add(FindingCode.HEADING_NEAR_RESERVED, Lines.of(heading), text, meaning.near());
        }
        meaning.part()
                .filter(part -> part.level() != heading.getLevel())
                .ifPresent(part -> findings.add(
                        FindingCode.HEADING_LEVEL,
                        Lines.of(heading),
                        "#".repeat(heading.getLevel()) + " " + text,
                        "#".repeat(part.level()) + " " + text));
        return meaning;
    }

    /** The first words of a block, for a message. */
    String snippet(Node node) {
        return FrontMatterReader.shortened(Inlines.text(node));
    }
}
