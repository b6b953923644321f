package dev.rooster.issue;

import dev.rooster.issue.ReservedHeadings.Reserved;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.commonmark.node.Node;

/**
 * Reads an issue file: front matter, then CommonMark as described in the package. Reading never fails; what is wrong is
 * told in the findings, all at once. Immutable and thread-safe.
 */
public final class IssueParser {
    private final IssueMarkdown markdown = new IssueMarkdown();
    private final SafeHtml html = new SafeHtml();
    private final ReservedHeadings headings = new ReservedHeadings();

    /**
     * @param fileName for the findings; need not exist
     * @param bytes the whole file
     */
    public ParsedIssue parse(String fileName, byte[] bytes, ParseContext context) {
        Findings findings = new Findings(fileName);
        FigureReader figures = new FigureReader(context.pictures(), findings);
        Optional<String> text = SourceText.decode(bytes, findings);
        // An unreadable file has one thing wrong with it, not five.
        Findings told = text.isPresent() ? findings : new Findings(fileName);
        IssueDocument document = document(text.orElse(""), context, figures, told);
        return new ParsedIssue(document, findings.inOrder(), figures.used());
    }

    private IssueDocument document(String text, ParseContext context, FigureReader figures, Findings told) {
        List<String> lines = Arrays.asList(text.split("\n", -1));
        FrontMatterReader front = new FrontMatterReader(told);
        int frontLines = front.read(lines);
        FrontMatter matter = front.result();
        checkLines(lines, frontLines, told);

        Node body = markdown.parse(body(lines, frontLines));
        LinkTargets targets = new LinkTargets(told);
        body.accept(new RawHtml(told, targets));
        body.accept(new TextChecks(told));
        body.accept(new BareUrls(told));
        body.accept(targets);
        IssueReader reader = new IssueReader(new Reading(new BlockReader(html, figures, told), html, headings, told));
        reader.read(body);
        IssueDocument document = assemble(matter, reader, context);
        if (body.getFirstChild() == null) {
            told.add(FindingCode.EMPTY_ISSUE, 0);
        }
        front.checkSubjectWidth(document);
        figures.checkWeight();
        return document;
    }

    private static IssueDocument assemble(FrontMatter front, IssueReader reader, ParseContext context) {
        List<Block> lead = new ArrayList<>(reader.lead());
        Optional<Block.Figure> hero = lead.stream()
                .filter(Block.Figure.class::isInstance)
                .map(Block.Figure.class::cast)
                .findFirst();
        hero.ifPresent(lead::remove);
        Optional<LocalDate> date = front.date().or(context::slotDate);
        String week = front.week().isEmpty() ? date.map(context.weekLabel()::of).orElse("") : front.week();
        return new IssueDocument(
                context.language(),
                front,
                hero,
                lead,
                reader.topics(),
                reader.section(Reserved.CLOSING),
                reader.news(),
                reader.section(Reserved.FEEDBACK),
                reader.section(Reserved.SPONSOR),
                date,
                week);
    }

    /** Empty lines stand in for the front matter, so that every node has the line it has in the file. */
    private static String body(List<String> lines, int frontLines) {
        return "\n".repeat(frontLines) + String.join("\n", lines.subList(frontLines, lines.size()));
    }

    private static void checkLines(List<String> lines, int frontLines, Findings findings) {
        boolean inCode = false;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            inCode ^= line.strip().startsWith("```") || line.strip().startsWith("~~~");
            if (Emoji.isBrokenIn(line)) {
                findings.add(FindingCode.EMOJI_JOINER, i + 1, FrontMatterReader.shortened(line));
            }
            if (i >= frontLines && !inCode && AtxHeading.lacksSpace(line)) {
                findings.add(FindingCode.HEADING_NO_SPACE, i + 1, FrontMatterReader.shortened(line));
            }
            if (i < frontLines) {
                int number = i + 1;
                Quotes.unpaired(line)
                        .ifPresent(quote -> findings.add(
                                FindingCode.QUOTE_UNPAIRED, number, quote, FrontMatterReader.shortened(line)));
            }
        }
    }
}
