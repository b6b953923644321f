package dev.rooster.config;

import dev.rooster.db.DatabaseSettings;
import java.nio.file.Path;

/** The {@code database:} part. */
final class DatabaseSection {
    private DatabaseSection() {}

    static DatabaseSettings read(Section section, Path data) {
        try (section) {
            return new DatabaseSettings(
                    section.value("url", null, "jdbc:h2:…, jdbc:postgresql:…", DatabaseSection::url),
                    section.text("username"),
                    section.text("password"),
                    section.number("connections", DatabaseSettings.CONNECTIONS_DEFAULT, 4, 200),
                    data);
        }
    }

    private static String url(String text) {
        if (!text.startsWith("jdbc:h2:") && !text.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException();
        }
        return text;
    }
}
