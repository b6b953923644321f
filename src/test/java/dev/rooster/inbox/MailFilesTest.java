package dev.rooster.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailFilesTest {
    private static final String MAIL = "Subject: a\n\nFrom here on all is text.\n";

    @TempDir
    Path folder;

    private final Map<String, String> taken = new LinkedHashMap<>();

    private void take(String name, byte[] mail) {
        taken.put(name, new String(mail, StandardCharsets.UTF_8));
    }

    private void readText(String text) throws IOException {
        MailFiles.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "box", this::take);
    }

    @Test
    void aFileThatIsNoMboxIsOneMail() throws IOException {
        readText(MAIL);

        assertThat(taken).containsExactly(Map.entry("box", MAIL));
    }

    @Test
    void anMboxOfOneKeepsItsName() throws IOException {
        readText("From MAILER-DAEMON Wed Dec  2 07:00:03 2026\n" + MAIL);

        assertThat(taken).containsExactly(Map.entry("box", MAIL));
    }

    @Test
    void anMboxOfSeveralIsSplitAndCounted() throws IOException {
        readText("From a@example.org Wed Dec  2 07:00:03 2026\r\nSubject: 1\r\n\r\none\r\n>From x\r\n>>From y\r\n\r\n"
                + "From b@example.org Wed Dec  2 07:00:04 2026\r\nSubject: 2\r\n\r\ntwo\r\n");

        assertThat(taken)
                .containsExactly(
                        Map.entry("box", "Subject: 1\r\n\r\none\r\nFrom x\r\n>From y\r\n\r\n"),
                        Map.entry("box#2", "Subject: 2\r\n\r\ntwo\r\n"));
    }

    @Test
    void aSentenceThatBeginsWithFromSplitsNothing() throws IOException {
        readText(
                "From a@example.org Wed Dec  2 07:00:03 2026\nSubject: 1\n\nFrom now on: 12:30 is lunch.\n\nFrom us all\n");

        assertThat(taken).hasSize(1);
    }

    @Test
    void aMaildirGivesNewAndReadMails() throws IOException {
        for (String sub : new String[] {"new", "cur", "tmp"}) {
            Files.createDirectories(folder.resolve(sub));
            Files.writeString(folder.resolve(sub).resolve("1." + sub), MAIL);
        }
        Files.writeString(folder.resolve("cur/.hidden"), MAIL);

        MailFiles.read(folder, "dir", this::take);

        assertThat(taken).containsOnlyKeys("dir/cur/1.cur", "dir/new/1.new");
    }

    @Test
    void aFolderOfMailsIsWalkedInOrder() throws IOException {
        Files.createDirectories(folder.resolve("b"));
        Files.writeString(folder.resolve("b/2.eml"), MAIL);
        Files.writeString(folder.resolve("1.eml"), MAIL);

        MailFiles.read(folder, "dir/", this::take);

        assertThat(taken.keySet()).containsExactly("dir/1.eml", "dir/b/2.eml");
    }

    @Test
    void whatDoesNotExistIsSaid() {
        assertThatThrownBy(() -> MailFiles.read(folder.resolve("none"), "none", this::take))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void anEndlessLineIsCutAtTheLimit() throws IOException {
        InputStream endless = new InputStream() {
            private int left = 3 * MailFiles.MAIL_BYTES_MAX;

            @Override
            public int read() {
                return left-- > 0 ? 'x' : -1;
            }
        };

        MailFiles.read(endless, "box", this::take);

        assertThat(taken.get("box")).hasSize(MailFiles.MAIL_BYTES_MAX);
    }

    @Test
    void anEmptyFileIsAnEmptyMail() throws IOException {
        readText("");

        assertThat(taken).containsExactly(Map.entry("box", ""));
    }
}
