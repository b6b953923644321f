package dev.rooster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.fixtures.Databases;
import dev.rooster.language.Language;
import dev.rooster.token.Purpose;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IssuePreviewCommandTest {
    private final Path home = Databases.temporaryFolder();
    private final CommandRun rooster = new CommandRun(home, Language.KO);

    @BeforeEach
    void addAnIssueWithAPicture() throws IOException {
        assertThat(rooster.run("init", "H")).isEqualTo(Exit.DONE);
        ImageIO.write(
                new BufferedImage(600, 300, BufferedImage.TYPE_INT_RGB),
                "png",
                home.resolve("hero.png").toFile());
        Files.writeString(
                home.resolve("a.md"),
                "---\n제목: 첫 이슈\n미리보기: 한 줄\n---\n![지붕 위의 수탉](hero.png \"설명\")\n\n여는 글\n\n## 주제\n본문 {{그대로}}\n");
        assertThat(rooster.run("issue", "add", "a.md")).isEqualTo(Exit.DONE);
    }

    @AfterEach
    void close() {
        rooster.close();
    }

    @Test
    void withoutAnOptionItPrintsTheTextPartAndTheSizes() {
        assertThat(rooster.run("issue", "preview", "1")).isEqualTo(Exit.DONE);
        assertThat(rooster.out()).contains("제목:     첫 이슈", "본문 {{그대로}}", "그림 1장");
        assertThat(rooster.err()).isEmpty();
    }

    @Test
    void thePageShowsItsPicturesWithoutAnyServer() throws IOException {
        assertThat(rooster.run("issue", "preview", "1", "--html", "page.html")).isEqualTo(Exit.DONE);
        String page = Files.readString(home.resolve("page.html"));
        assertThat(page).contains("<html", "지붕 위의 수탉", "김독자").doesNotContain("/media/");
        Matcher picture =
                Pattern.compile("data:image/png;base64,([A-Za-z0-9+/=]+)").matcher(page);
        assertThat(picture.find()).isTrue();
        BufferedImage shown = ImageIO.read(
                new ByteArrayInputStream(java.util.Base64.getDecoder().decode(picture.group(1))));
        assertThat(shown.getWidth()).isEqualTo(600);
        try (Stream<Path> files = Files.list(home)) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.endsWith(".part"));
        }
    }

    @Test
    void theMailIsTheOneThatIsSentWithAddressesOfPicturesAndLinksThatChangeNothing() throws IOException {
        assertThat(rooster.run("issue", "preview", "1", "--eml", "mail.eml", "--text", "-"))
                .isEqualTo(Exit.DONE);
        assertThat(rooster.out()).contains("본문 {{그대로}}").doesNotContain("mail.eml");
        String mail = Files.readString(home.resolve("mail.eml"), StandardCharsets.UTF_8);
        assertThat(mail).contains("\r\nSubject: ", "\r\nList-Unsubscribe: <").doesNotContain("data:image");
        Matcher link = Pattern.compile("List-Unsubscribe: <\\S+/u/(\\w+)>").matcher(mail.replace("\r\n ", " "));
        assertThat(link.find()).isTrue();
        assertThat(rooster.app()
                        .keys()
                        .tokens()
                        .open(link.group(1))
                        .orElseThrow()
                        .purpose())
                .isEqualTo(Purpose.TEST);
    }

    @Test
    void aReaderWithoutANameIsGreetedAsOne() {
        assertThat(rooster.run("issue", "preview", "1", "--text", "-", "--name", "이몽룡"))
                .isEqualTo(Exit.DONE);
        String named = rooster.out();
        assertThat(rooster.run("issue", "preview", "1", "--text", "-", "--name", ""))
                .isEqualTo(Exit.DONE);
        assertThat(named).contains("이몽룡");
        assertThat(rooster.out()).doesNotContain("이몽룡").doesNotContain("김독자");
    }

    @Test
    void aFileThatCantBeWrittenIsSaidAndNothingIsLeft() throws IOException {
        assertThat(rooster.run("issue", "preview", "1", "--html", "none/page.html"))
                .isEqualTo(Exit.BAD_INPUT);
        assertThat(rooster.err()).contains("none/page.html", "폴더가 없습니다");
        assertThat(rooster.run("issue", "preview", "1", "--html", ".")).isEqualTo(Exit.BAD_INPUT);
        assertThat(rooster.run("issue", "preview", "1", "--html", "-", "--text", "-"))
                .isEqualTo(Exit.BAD_INPUT);
        assertThat(rooster.out()).isEmpty();
        assertThat(rooster.run("issue", "preview", "7")).isEqualTo(Exit.BAD_INPUT);
    }

    @Test
    void aBrokenTemplateIsNamedWithItsLine() throws IOException {
        Files.writeString(home.resolve("H/templates/issue.html.mustache"), "<p>\n{{#subject}}\n</p>");
        assertThat(rooster.run("issue", "preview", "1")).isEqualTo(Exit.BAD_INPUT);
        assertThat(rooster.err()).contains("issue.html.mustache").doesNotContain("\tat ");
    }

    @Test
    void jsonTellsSizesAndFiles() {
        assertThat(rooster.run("issue", "preview", "1", "--json", "--html", "p.html"))
                .isEqualTo(Exit.DONE);
        assertThat(rooster.out()).contains("\"issue\" : 1", "\"pictures\" : 1", "\"html\" : \"p.html\"");
    }

    @Test
    void thePageIsOnlyOpenedWhereThereIsADesktop() throws IOException {
        Path opener = Files.createFile(home.resolve("xdg-open"));
        assertThat(opener.toFile().setExecutable(true)).isTrue();
        Path page = home.resolve("p.html");
        assertThat(new DesktopOpener(Map.of("PATH", home.toString()), "Linux").command(page))
                .isEmpty();
        assertThat(new DesktopOpener(Map.of("PATH", "/none:" + home, "DISPLAY", ":0"), "Linux")
                        .command(page)
                        .orElseThrow())
                .containsExactly(opener.toString(), page.toString());
        assertThat(new DesktopOpener(Map.of(), "Mac OS X").command(page)).isPresent();
    }
}
