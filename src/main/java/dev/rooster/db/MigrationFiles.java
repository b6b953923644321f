package dev.rooster.db;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The migrations this program carries, by their names alone ({@code V007__what_it_does.sql}). */
final class MigrationFiles {
    private static final Pattern NAME = Pattern.compile("db/(common|h2|postgresql)/V(\\d+)__\\w+\\.sql");

    private MigrationFiles() {}

    /** The version that a fully migrated database of this program has. */
    static int versionLatest(Dialect dialect) {
        return versions(dialect).max().orElseThrow();
    }

    static int count(Dialect dialect) {
        return (int) versions(dialect).count();
    }

    private static IntStream versions(Dialect dialect) {
        return names().stream()
                .map(NAME::matcher)
                .filter(Matcher::matches)
                .filter(name -> name.group(1).equals("common") || name.group(1).equals(dialect.folder()))
                .mapToInt(name -> Integer.parseInt(name.group(2)));
    }

    private static List<String> names() {
        try {
            Path home = Path.of(MigrationFiles.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            if (Files.isDirectory(home)) {
                try (Stream<Path> files = Files.walk(home.resolve("db"), 2)) {
                    return files.map(file -> home.relativize(file).toString().replace('\\', '/'))
                            .toList();
                }
            }
            try (JarFile jar = new JarFile(home.toFile())) {
                return jar.stream().map(entry -> entry.getName()).toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
