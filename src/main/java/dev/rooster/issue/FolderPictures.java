package dev.rooster.issue;

import dev.rooster.issue.PictureSource.Answer;
import dev.rooster.media.Picture;
import dev.rooster.media.PictureCheck;
import dev.rooster.media.PictureFile;
import dev.rooster.media.PictureReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The pictures beside an issue file. A name is looked for among the names that are really there, since what macOS and
 * old Windows archives leave on disk is seldom what was typed ({@link FileNames}). Keeps the bytes of those that were
 * found. One thread.
 */
public final class FolderPictures implements PictureSource {
    /** Entries of a folder that are looked at. */
    private static final int ENTRIES_MAX = 10_000;

    private final Path folder;
    private final Map<String, PictureFile> found = new LinkedHashMap<>();

    /**
     * @param folder the one the issue file lies in
     */
    public FolderPictures(Path folder) {
        this.folder = folder;
    }

    /** The pictures found so far; a file found under two names comes twice. */
    public Collection<PictureFile> found() {
        return List.copyOf(found.values());
    }

    /**
     * @throws UncheckedIOException when a file is there but can't be read
     */
    @Override
    public Answer find(String path) {
        PictureFile known = found.get(path);
        if (known != null) {
            return new Answer.Found(known.picture());
        }
        Path at = folder;
        String[] names = path.split("/");
        for (int i = 0; i < names.length; i++) {
            List<Path> entries = entries(at);
            String name = names[i];
            Optional<Path> entry = entries.stream()
                    .filter(candidate -> FileNames.meansSame(candidate, name))
                    .findFirst();
            if (entry.isEmpty()) {
                return new Answer.Missing(near(entries, name));
            }
            at = entry.get();
        }
        return read(path, at);
    }

    private Answer read(String path, Path file) {
        PictureCheck check = Files.isRegularFile(file)
                ? PictureReader.read(bytes(file))
                : new PictureCheck.Refused(PictureCheck.Reason.UNREADABLE, "");
        if (check instanceof PictureCheck.Usable usable) {
            found.put(path, usable.file());
            Picture picture = usable.file().picture();
            return new Answer.Found(picture);
        }
        return new Answer.Unusable((PictureCheck.Refused) check);
    }

    /** At most one byte more than is allowed, so that a film that lies there doesn't fill the memory. */
    private static byte[] bytes(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(PictureReader.BYTES_MAX + 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> entries(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return new ArrayList<>(entries.limit(ENTRIES_MAX).sorted().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String near(List<Path> entries, String name) {
        List<String> names = entries.stream().map(FileNames::readable).toList();
        return NearWord.find(name, names)
                .or(() -> names.stream()
                        .filter(other ->
                                other.equalsIgnoreCase(name) || stem(other).equalsIgnoreCase(stem(name)))
                        .findFirst())
                .orElse("");
    }

    private static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }
}
