package dev.rooster.issue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.issue.PictureSource.Answer;
import dev.rooster.media.PictureCheck;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderPicturesTest {
    private static final Charset CP949 = Charset.forName("x-windows-949");

    @TempDir
    Path folder;

    private FolderPictures pictures() {
        return new FolderPictures(folder);
    }

    private void write(byte[] rawName) throws IOException {
        StringBuilder uri = new StringBuilder(folder.toUri().toString());
        for (byte b : rawName) {
            uri.append(String.format("%%%02X", b & 0xff));
        }
        Files.write(Path.of(URI.create(uri.toString())), Parsing.png(30, 20));
    }

    @Test
    void aPictureBesideTheFileIsFoundWithItsSize() throws IOException {
        Files.createDirectories(folder.resolve("images"));
        Files.write(folder.resolve("images/a b.png"), Parsing.png(30, 20));
        FolderPictures pictures = pictures();

        Answer.Found found = (Answer.Found) pictures.find("images/a b.png");

        assertThat(found.picture().width()).isEqualTo(30);
        assertThat(found.picture().height()).isEqualTo(20);
        assertThat(pictures.found()).hasSize(1);
        assertThat(Parsing.file(Parsing.FRONT + "![가](images/a%20b.png)", pictures())
                        .findings())
                .isEmpty();
    }

    @Test
    void aNameTakenApartByMacOsIsFound() throws IOException {
        write(Normalizer.normalize("그림 하나.png", Normalizer.Form.NFD).getBytes(StandardCharsets.UTF_8));
        assertThat(pictures().find("그림 하나.png")).isInstanceOf(Answer.Found.class);
    }

    @Test
    void aNameLeftInTheBytesOfKoreanWindowsIsFound() throws IOException {
        write("그림.png".getBytes(CP949));
        assertThat(pictures().find("그림.png")).isInstanceOf(Answer.Found.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"IBM437", "IBM850", "ISO-8859-1", "windows-1252"})
    void aNameTakenForAWesternOneIsFound(String takenFor) throws IOException {
        write(new String("그림.png".getBytes(CP949), Charset.forName(takenFor)).getBytes(StandardCharsets.UTF_8));
        assertThat(pictures().find("그림.png")).isInstanceOf(Answer.Found.class);
    }

    @Test
    void aNameWhoseUtf8WasTakenForCp949IsFound() throws IOException {
        String name = "그림.png";
        write(new String(name.getBytes(StandardCharsets.UTF_8), CP949).getBytes(StandardCharsets.UTF_8));
        assertThat(pictures().find(name)).isInstanceOf(Answer.Found.class);
    }

    @Test
    void aMissingPictureNamesTheOneThatLooksAlike() throws IOException {
        Files.write(folder.resolve("Hero.PNG"), Parsing.png(30, 20));
        assertThat(pictures().find("hero.png")).isEqualTo(new Answer.Missing("Hero.PNG"));
        assertThat(pictures().find("hero.jpg")).isEqualTo(new Answer.Missing("Hero.PNG"));
        assertThat(pictures().find("images/hero.png")).isEqualTo(new Answer.Missing(""));
    }

    @Test
    void whatMailsCantShowIsRefusedWithItsName() throws IOException {
        Files.write(folder.resolve("a.png"), "RIFF0000WEBPVP8 ".getBytes(StandardCharsets.US_ASCII));
        Files.writeString(folder.resolve("b.png"), "no picture");
        Files.createDirectories(folder.resolve("c.png"));

        assertThat(pictures().find("a.png"))
                .isEqualTo(new Answer.Unusable(new PictureCheck.Refused(PictureCheck.Reason.FORMAT, "webp")));
        assertThat(pictures().find("b.png")).isInstanceOf(Answer.Unusable.class);
        assertThat(pictures().find("c.png")).isInstanceOf(Answer.Unusable.class);
        assertThat(Parsing.codes(Parsing.file(Parsing.FRONT + "![가](a.png)\n\n![나](b.png)", pictures())))
                .containsExactly(FindingCode.PICTURE_FORMAT, FindingCode.PICTURE_UNREADABLE);
    }

    @Test
    void heavyPicturesAreToldOnceForAll() throws IOException {
        byte[] heavy = new byte[300 * 1024];
        byte[] png = Parsing.png(30, 20);
        System.arraycopy(png, 0, heavy, 0, png.length);
        Files.write(folder.resolve("a.png"), heavy);
        heavy[heavy.length - 1] = 1;
        Files.write(folder.resolve("b.png"), heavy);

        assertThat(Parsing.codes(Parsing.file(Parsing.FRONT + "![가](a.png)\n\n![나](a.png)", pictures())))
                .isEmpty();
        ParsedIssue both = Parsing.file(Parsing.FRONT + "![가](a.png)\n\n![나](b.png)", pictures());
        assertThat(Parsing.finding(both, FindingCode.PICTURES_HEAVY).args()).containsExactly("600", "400");
    }
}
