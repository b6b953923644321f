package dev.rooster.config;

import dev.rooster.db.DatabaseSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Everything an installation can be told, checked. Immutable.
 *
 * @param publicUrl where the pages are reached from outside, without a slash at its end; null when not set
 */
public record Settings(URI publicUrl, DatabaseSettings database) {
    /** Where the file is, below the installation's folder. */
    public static final String FILE = "config/rooster.yaml";

    /**
     * Reads the file and the environment.
     *
     * @param home the installation's folder
     * @throws SettingsProblem with every fault at once
     */
    public static Settings load(Path home, Map<String, String> environment) throws SettingsProblem {
        SettingsSource source = new SettingsSource(FILE, environment);
        YamlTree tree = read(home.resolve(FILE));
        Settings settings;
        try (Section root = source.section("", tree, 1)) {
            settings = new Settings(
                    root.value("public-url", null, "https://news.example.com", Settings::publicUrl),
                    DatabaseSection.read(root.section("database"), home.resolve("data")));
        }
        source.noteUnknownVariables();
        if (!source.faults().isEmpty()) {
            throw new SettingsProblem(source.faults());
        }
        return settings;
    }

    private static URI publicUrl(String text) {
        URI uri = URI.create(text.replaceAll("/+$", ""));
        boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
        if (!web || uri.getHost() == null || uri.getQuery() != null || uri.getFragment() != null) {
            throw new IllegalArgumentException();
        }
        return uri;
    }

    private static YamlTree read(Path file) throws SettingsProblem {
        try {
            byte[] bytes = Files.readAllBytes(file);
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return YamlTree.parse(text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (CharacterCodingException e) {
            throw new SettingsProblem(List.of(new Fault(FILE, "", "not-utf-8", "", "")));
        } catch (IOException e) {
            throw new SettingsProblem(List.of(new Fault(file.toString(), "", "no-file", "", "")));
        } catch (YamlTree.Malformed e) {
            throw new SettingsProblem(List.of(new Fault(FILE + ":" + e.line(), "", "malformed", e.getMessage(), "")));
        }
    }
}
