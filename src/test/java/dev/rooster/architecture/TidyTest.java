package dev.rooster.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.Test;

/** What neither the compiler nor the formatter sees. Each failure names file, line and what to do. */
class TidyTest {
    private static final Path ROOT = Path.of("").toAbsolutePath();
    private static final Set<String> NOT_OURS = Set.of(".git", ".idea", "target", "data");
    private static final Pattern TEXT_FILE = Pattern.compile(
            ".*\\.(?:java|md|sql|properties|yaml|yml|mustache|css|js|html|xml|sh)|.*/rooster|.*/\\.ci/run");
    private static final Pattern SOURCE_FILE =
            Pattern.compile(".*\\.(?:java|sql|properties|yaml|yml|mustache|css|js|html|xml|sh)");
    private static final Pattern LATER = Pattern.compile("\\b(?:TO" + "DO|FIX" + "ME|XX" + "X)\\b");
    private static final String SLEEP = "Thread." + "sleep(";
    private static final Parser MARKDOWN = Parser.builder()
            .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
            .build();

    @Test
    void relativeLinksInMarkdownLeadSomewhere() {
        List<String> faults = new ArrayList<>();
        for (Path file : documents()) {
            for (Target target : Document.of(file).targets()) {
                String fault = deadness(file, target.destination());
                if (fault != null) {
                    faults.add(at(file, target.line()) + fault);
                }
            }
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void everyMarkdownFileHasOneTitle() {
        List<String> faults = new ArrayList<>();
        for (Path file : documents()) {
            List<Integer> titles = Document.of(file).titleLines();
            if (titles.isEmpty()) {
                faults.add(at(file, 1) + "no title; begin the file with a line \"# Title\"");
            }
            titles.stream()
                    .skip(1)
                    .forEach(line -> faults.add(at(file, line) + "a second title; write it as \"## …\""));
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void nothingIsLeftForLaterInASource() {
        assertThat(lines(SOURCE_FILE, line -> LATER.matcher(line).find(), "do it now, or leave it out and say so"))
                .isEmpty();
    }

    @Test
    void noTextFileHoldsATab() {
        assertThat(lines(TEXT_FILE, line -> line.indexOf('\t') >= 0, "write spaces instead of the tab"))
                .isEmpty();
    }

    @Test
    void noTestSleeps() {
        Pattern tests = Pattern.compile(".*/src/test/.*\\.java");
        assertThat(lines(tests, line -> line.contains(SLEEP), "wait for what happens, or move a SettableClock"))
                .isEmpty();
    }

    /** The documents about the project. Issues of a newsletter are written in Markdown too, but have no title line. */
    private static List<Path> documents() {
        return files(path -> path.endsWith(".md") && !path.contains("/docs/examples/") && !path.contains("/src/"));
    }

    private static List<String> lines(Pattern name, Predicate<String> isWrong, String whatToDo) {
        List<String> faults = new ArrayList<>();
        for (Path file : files(path -> name.matcher(path).matches())) {
            List<String> lines = read(file).lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                if (isWrong.test(lines.get(i))) {
                    faults.add(at(file, i + 1) + whatToDo);
                }
            }
        }
        return faults;
    }

    private static String deadness(Path from, String destination) {
        if (destination.matches("[a-zA-Z][a-zA-Z0-9+.-]*:.*")) {
            return null; // a URL: whether it lives is not for a build without a network
        }
        int hash = destination.indexOf('#');
        String name = hash < 0 ? destination : destination.substring(0, hash);
        Path to = name.isEmpty() ? from : from.resolveSibling(name).normalize();
        if (!Files.exists(to)) {
            return "dead link to " + destination + "; no such file: " + ROOT.relativize(to);
        }
        String fragment = hash < 0 ? "" : destination.substring(hash + 1);
        if (!fragment.isEmpty() && to.toString().endsWith(".md")) {
            Set<String> anchors = Document.of(to).anchors();
            return anchors.contains(fragment) ? null : "no heading #" + fragment + " there; there are: " + anchors;
        }
        return null;
    }

    private static String at(Path file, int line) {
        return ROOT.relativize(file) + ":" + line + ": ";
    }

    private record Target(String destination, int line) {}

    /** Where a document's links lead, and which headings it has. */
    private record Document(List<Target> targets, List<Integer> titleLines, Set<String> anchors) {
        static Document of(Path file) {
            Document document = new Document(new ArrayList<>(), new ArrayList<>(), new HashSet<>());
            MARKDOWN.parse(read(file)).accept(new AbstractVisitor() {
                @Override
                public void visit(Link link) {
                    document.targets.add(new Target(link.getDestination(), line(link)));
                    visitChildren(link);
                }

                @Override
                public void visit(Image image) {
                    document.targets.add(new Target(image.getDestination(), line(image)));
                }

                @Override
                public void visit(Heading heading) {
                    document.anchors.add(anchor(words(heading)));
                    if (heading.getLevel() == 1) {
                        document.titleLines.add(line(heading));
                    }
                    visitChildren(heading);
                }
            });
            return document;
        }

        private static int line(Node node) {
            return node.getSourceSpans().isEmpty()
                    ? 1
                    : node.getSourceSpans().get(0).getLineIndex() + 1;
        }

        private static String words(Heading heading) {
            StringBuilder words = new StringBuilder();
            heading.accept(new AbstractVisitor() {
                @Override
                public void visit(Text text) {
                    words.append(text.getLiteral());
                }

                @Override
                public void visit(Code code) {
                    words.append(code.getLiteral());
                }
            });
            return words.toString();
        }

        /** As GitHub makes it from the words of a heading. */
        private static String anchor(String words) {
            return words.toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N}\\p{M} _-]", "")
                    .replace(' ', '-');
        }
    }

    private static List<Path> files(Predicate<String> wanted) {
        List<Path> files = new ArrayList<>();
        try {
            Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    boolean ours = folder.equals(ROOT)
                            || !NOT_OURS.contains(folder.getFileName().toString())
                            || folder.startsWith(ROOT.resolve("src"));
                    return ours ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (wanted.test(file.toString())) {
                        files.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files.stream().sorted().toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }
}
