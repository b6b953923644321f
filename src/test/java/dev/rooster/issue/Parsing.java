package dev.rooster.issue;

import dev.rooster.language.Language;
import dev.rooster.media.PictureCheck;
import dev.rooster.media.PictureFile;
import dev.rooster.media.PictureReader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;

/** Reads issues written inside tests. */
final class Parsing {
    static final String FRONT = "---\n제목: 시험\n미리보기: 한 줄\n---\n";

    private Parsing() {}

    static ParsedIssue file(String markdown) {
        return file(markdown, noPictures());
    }

    static ParsedIssue file(String markdown, PictureSource pictures) {
        return bytes(markdown.getBytes(StandardCharsets.UTF_8), pictures);
    }

    static ParsedIssue bytes(byte[] bytes, PictureSource pictures) {
        ParseContext context =
                new ParseContext(Language.KO, WeekLabel.standard(Language.KO), Optional.empty(), pictures);
        return new IssueParser().parse("issue.md", bytes, context);
    }

    /** An issue whose body is the given text; front matter takes four lines. */
    static ParsedIssue body(String body) {
        return file(FRONT + body, anyPicture());
    }

    /** The lead that a body without headings becomes, as HTML, a block a line. */
    static String html(String body) {
        return body(body).document().lead().stream()
                .map(block -> block instanceof Block.Prose prose ? prose.html() : block.toString())
                .collect(Collectors.joining("\n"));
    }

    static String text(String body) {
        return body(body).document().lead().stream()
                .map(block -> block instanceof Block.Prose prose ? prose.text() : block.toString())
                .collect(Collectors.joining("\n\n"));
    }

    static List<FindingCode> codes(ParsedIssue parsed) {
        return parsed.findings().stream().map(Finding::code).toList();
    }

    /** The one finding of that kind. */
    static Finding finding(ParsedIssue parsed, FindingCode code) {
        return parsed.findings().stream()
                .filter(finding -> finding.code() == code)
                .findFirst()
                .orElseThrow(() -> new AssertionError(code + " not among " + parsed.findings()));
    }

    static PictureSource noPictures() {
        return path -> new PictureSource.Answer.Missing("");
    }

    static PictureSource anyPicture() {
        PictureFile file = ((PictureCheck.Usable) PictureReader.read(png(40, 30))).file();
        return path -> new PictureSource.Answer.Found(file.picture());
    }

    static byte[] png(int width, int height) {
        return image(width, height, "png");
    }

    static byte[] image(int width, int height, String format) {
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), format, out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
