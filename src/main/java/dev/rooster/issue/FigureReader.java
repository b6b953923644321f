package dev.rooster.issue;

import dev.rooster.media.Picture;
import dev.rooster.media.PictureCheck;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.commonmark.node.Image;
import org.commonmark.node.Link;

/** Reads an image as a figure, fetching its picture, and counts what all of them weigh. */
final class FigureReader {
    /** What all pictures of an issue may weigh before the writer is warned, in bytes: a reader pays for mobile data. */
    static final long TOTAL_BYTES_WANTED = 400 * 1024;

    private final PictureSource source;
    private final Findings findings;
    private final Map<String, Picture> used = new LinkedHashMap<>();

    FigureReader(PictureSource source, Findings findings) {
        this.source = source;
        this.findings = findings;
    }

    /** The figure; empty, with a finding, when its picture can't be used. */
    Optional<Block.Figure> read(Image image) {
        int line = Lines.of(image);
        String alt = Inlines.text(image).strip();
        if (alt.isEmpty()) {
            findings.add(FindingCode.PICTURE_ALT_MISSING, line, image.getDestination());
        }
        String caption = image.getTitle() == null ? "" : image.getTitle().strip();
        String link = image.getParent() instanceof Link around ? around.getDestination() : "";
        return picture(image.getDestination(), line).map(picture -> new Block.Figure(picture, alt, caption, link));
    }

    List<UsedPicture> used() {
        return used.entrySet().stream()
                .map(entry -> new UsedPicture(entry.getKey(), entry.getValue()))
                .toList();
    }

    void checkWeight() {
        long bytes =
                used.values().stream().distinct().mapToLong(Picture::sizeBytes).sum();
        if (bytes > TOTAL_BYTES_WANTED) {
            findings.add(FindingCode.PICTURES_HEAVY, 0, bytes / 1024, TOTAL_BYTES_WANTED / 1024);
        }
    }

    private Optional<Picture> picture(String written, int line) {
        if (written.matches("(?i)[a-z][a-z0-9+.-]+:.*|//.*")) {
            findings.add(FindingCode.PICTURE_REMOTE, line, FrontMatterReader.shortened(written));
            return Optional.empty();
        }
        String path = path(written);
        if (path.startsWith("/") || path.matches("(?:.*/)?\\.\\.(?:/.*)?") || path.contains("\\")) {
            findings.add(FindingCode.PICTURE_ELSEWHERE, line, written);
            return Optional.empty();
        }
        PictureSource.Answer answer = source.find(path);
        if (answer instanceof PictureSource.Answer.Found found) {
            used.put(path, found.picture());
            return Optional.of(found.picture());
        }
        if (answer instanceof PictureSource.Answer.Unusable unusable) {
            findings.add(
                    code(unusable.why().reason()), line, path, unusable.why().found());
        } else if (answer instanceof PictureSource.Answer.Missing missing) {
            boolean near = !missing.near().isEmpty();
            findings.add(
                    near ? FindingCode.PICTURE_MISSING_NEAR : FindingCode.PICTURE_MISSING, line, path, missing.near());
        }
        return Optional.empty();
    }

    private static FindingCode code(PictureCheck.Reason reason) {
        return switch (reason) {
            case FORMAT -> FindingCode.PICTURE_FORMAT;
            case UNREADABLE -> FindingCode.PICTURE_UNREADABLE;
            case TOO_LARGE -> FindingCode.PICTURE_TOO_LARGE;
        };
    }

    private static String path(String written) {
        String decoded = written;
        try {
            decoded = URLDecoder.decode(written.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException noEscape) {
            // a file may well be called 50%.png
        }
        String path = Normalizer.normalize(decoded, Normalizer.Form.NFC);
        return path.startsWith("./") ? path.substring(2) : path;
    }
}
