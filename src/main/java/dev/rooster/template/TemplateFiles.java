package dev.rooster.template;

import dev.rooster.template.TemplateFault.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds template files, the nearest first: the newsletter's own folder, the installation's {@code templates/}, and the ones that come
 * with this program. Each file stands alone: a folder with nothing but a style sheet changes nothing but the style.
 *
 * <p>Remembers what it was asked for. One thread while a template is loaded; {@link #unchanged} may be asked by any.
 */
final class TemplateFiles {

    /** Larger files are no templates. */
    static final int BYTES_MAX = 256 * 1024;

    private static final String DEFAULTS = "/dev/rooster/template/defaults/";
    private static final Pattern NAME =
            Pattern.compile("(?:[a-z0-9][a-z0-9_-]*/){0,3}[a-z0-9][a-z0-9_-]*(?:\\.[a-z]+){1,2}");

    private final List<Path> folders;
    private final Path installation;
    private final Map<String, String> stamps = new LinkedHashMap<>();

    /**
     * @param installation its {@code templates/} folder; null where there is none
     * @param own folder of one newsletter, relative to it; empty: none
     */
    TemplateFiles(Path installation, String own) {
        this.installation = installation;
        List<Path> found = new ArrayList<>();
        if (installation != null) {
            if (!own.isEmpty()) {
                found.add(inside(installation, own));
            }
            found.add(installation);
        }
        folders = List.copyOf(found);
    }

    private static Path inside(Path installation, String own) {
        Path folder = installation.resolve(own).normalize();
        if (!folder.startsWith(installation.normalize())) {
            throw new TemplateProblem(Kind.MISSING_FILE, "templates/" + own, 0, own, "");
        }
        return folder;
    }

    /** A file's text and what to call it in a message. */
    record Source(String file, String text) {}

    /**
     * The nearest file of that name.
     *
     * @throws TemplateProblem when there is none, or it is no text
     */
    Source get(String name) {
        return find(name).orElseThrow(() -> new TemplateProblem(Kind.MISSING_FILE, "templates/" + name, 0, name, ""));
    }

    Optional<Source> find(String name) {
        if (!NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        stamps.put(name, stamp(name));
        for (Path folder : folders) {
            Path file = folder.resolve(name);
            if (Files.isRegularFile(file)) {
                return Optional.of(read(file));
            }
        }
        return findDefault(name);
    }

    /** Every file of that name, the nearest first; for texts, which are overridden one by one. */
    List<Source> all(String name) {
        stamps.put(name, stamp(name));
        List<Source> sources = new ArrayList<>();
        for (Path folder : folders) {
            if (Files.isRegularFile(folder.resolve(name))) {
                sources.add(read(folder.resolve(name)));
            }
        }
        findDefault(name).ifPresent(sources::add);
        return sources;
    }

    /** What every name that was asked for stood for at that time; see {@link #unchanged}. */
    Map<String, String> stamps() {
        return Map.copyOf(stamps);
    }

    /** Whether all these names still stand for the same files: none edited, none added, none removed. */
    boolean unchanged(Map<String, String> then) {
        return then.entrySet().stream().allMatch(entry -> stamp(entry.getKey()).equals(entry.getValue()));
    }

    /** Size and time of the file of that name in each folder. */
    private String stamp(String name) {
        StringBuilder stamp = new StringBuilder();
        for (Path folder : folders) {
            try {
                BasicFileAttributes file = Files.readAttributes(folder.resolve(name), BasicFileAttributes.class);
                stamp.append(file.lastModifiedTime()).append(' ').append(file.size());
            } catch (IOException e) {
                stamp.append("none"); // the next folder's, or the program's own
            }
            stamp.append('|');
        }
        return stamp.toString();
    }

    private Source read(Path file) {
        String shown = "templates/" + installation.relativize(file).toString().replace('\\', '/');
        try (InputStream in = Files.newInputStream(file)) {
            return decode(shown, in);
        } catch (IOException e) {
            throw new TemplateProblem(Kind.MISSING_FILE, shown, 0, e.getClass().getSimpleName(), "");
        }
    }

    private static Optional<Source> findDefault(String name) {
        try (InputStream in = TemplateFiles.class.getResourceAsStream(DEFAULTS + name)) {
            return in == null ? Optional.empty() : Optional.of(decode("templates/" + name, in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Source decode(String shown, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(BYTES_MAX + 1);
        if (bytes.length > BYTES_MAX) {
            throw new TemplateProblem(Kind.TOO_LARGE, shown, 0, "> " + BYTES_MAX / 1024 + " KB", "");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return new Source(shown, ModelTree.clean(text.startsWith("\uFEFF") ? text.substring(1) : text));
        } catch (CharacterCodingException e) {
            throw new TemplateProblem(Kind.NOT_UTF8, shown, 0, "", "");
        }
    }
}
