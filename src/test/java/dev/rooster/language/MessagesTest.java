package dev.rooster.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MessagesTest {
    private static final Path RESOURCES = Path.of("src/main/resources");

    static Stream<Path> englishBundles() throws IOException {
        try (Stream<Path> files = Files.walk(RESOURCES)) {
            return files.filter(file -> file.getFileName().toString().endsWith("_en.properties")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("englishBundles")
    void everyTextExistsInBothLanguagesWithTheSameArguments(Path english) throws IOException {
        Properties en = load(english);
        Properties ko =
                load(english.resolveSibling(english.getFileName().toString().replace("_en.", "_ko.")));
        assertThat(ko.stringPropertyNames()).isEqualTo(en.stringPropertyNames());
        if (!english.endsWith("messages_en.properties")) {
            return; // the command line's help has no arguments
        }
        for (String key : en.stringPropertyNames()) {
            assertThat(arguments(ko.getProperty(key), Locale.KOREAN))
                    .as(key)
                    .isEqualTo(arguments(en.getProperty(key), Locale.ENGLISH));
        }
    }

    @ParameterizedTest
    @MethodSource("englishBundles")
    void noTextHasSwallowedTheNextKey(Path english) throws IOException {
        Properties en = load(english);
        for (String key : en.stringPropertyNames()) {
            assertThat(en.getProperty(key)).as(key).doesNotContainPattern("\\n[a-z-]+(\\.[a-z-]+)+=");
        }
    }

    @Test
    void everyBundleHasBothLanguages() throws IOException {
        try (Stream<Path> files = Files.walk(RESOURCES)) {
            assertThat(files.filter(file -> file.endsWith("messages_ko.properties"))
                            .map(Path::getParent))
                    .allSatisfy(folder ->
                            assertThat(folder.resolve("messages_en.properties")).exists());
        }
    }

    @Test
    void wideCharactersTakeTwoColumns() {
        assertThat(DisplayWidth.columns("AI 주간")).isEqualTo(7);
        assertThat(DisplayWidth.columns("👱🏻‍♂️")).isEqualTo(2);
        assertThat(DisplayWidth.truncate("수요일 아침", 7)).isEqualTo("수요일…");
        assertThat(DisplayWidth.pad("주간", 6)).isEqualTo("주간  ");
    }

    @Test
    void aTagNamesALanguage() {
        assertThat(Language.of("ko_KR.UTF-8", Language.EN)).isEqualTo(Language.KO);
        assertThat(Language.of("en-GB", Language.KO)).isEqualTo(Language.EN);
        assertThat(Language.of("fr", Language.KO)).isEqualTo(Language.KO);
        assertThat(Language.of(null, Language.EN)).isEqualTo(Language.EN);
    }

    private static Properties load(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return properties;
    }

    private static int arguments(String pattern, Locale locale) {
        return new MessageFormat(pattern, locale).getFormatsByArgumentIndex().length;
    }
}
