package dev.rooster.mail.dsn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The mails below a folder, a file each, for what is measured over a collection of one's own. */
final class MailFolder {
    private MailFolder() {}

    /** The files in order of name, or the mails of {@code mails.txt} where no folder is given. */
    static List<byte[]> read(String folder) throws IOException {
        if (folder == null || folder.isBlank()) {
            return Mails.families().stream().map(Mails.Family::bytes).toList();
        }
        List<byte[]> mails = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                mails.add(Files.readAllBytes(file));
            }
        }
        return mails;
    }
}
