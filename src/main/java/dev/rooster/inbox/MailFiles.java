package dev.rooster.inbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Takes mails out of files one after another: a single mail, an mbox (RFC 4155, with the quoting of "mboxrd" undone), a
 * Maildir, or a folder of any of these. One mail is held at a time, however big the file.
 */
public final class MailFiles {
    /** Of one mail this much is kept; what is beyond is skipped. Reports say what they say long before. */
    public static final int MAIL_BYTES_MAX = 2 << 20;

    private static final byte[] FROM = "From ".getBytes(StandardCharsets.US_ASCII);
    private static final int LINE_BUFFER = 8192;
    private static final int READ_BUFFER = 1 << 16;

    private MailFiles() {}

    /** Takes the mails. */
    @FunctionalInterface
    public interface Sink {
        /**
         * Takes one mail.
         *
         * @param name its file; from the second mail of an mbox on with {@code #2}, {@code #3} … behind it
         * @param mail its first {@value MailFiles#MAIL_BYTES_MAX} bytes at most, as they lie in the file
         */
        void mail(String name, byte[] mail) throws IOException;
    }

    /**
     * Reads a file, Maildir or folder. Folders are walked in order of name; hidden files, links and Maildir's {@code tmp}
     * are left out.
     *
     * @param name how the mails are to be called; files in a folder follow it after a slash
     * @throws IOException if it does not exist or cannot be read; mails before it have been taken
     */
    public static void read(Path path, String name, Sink sink) throws IOException {
        if (!Files.isDirectory(path)) {
            try (InputStream in = Files.newInputStream(path)) {
                read(in, name, sink);
            }
            return;
        }
        boolean maildir = Files.isDirectory(path.resolve("new")) && Files.isDirectory(path.resolve("cur"));
        for (Path file : filesBelow(path, maildir)) {
            String below = path.relativize(file).toString().replace('\\', '/');
            try (InputStream in = Files.newInputStream(file)) {
                read(in, name.endsWith("/") ? name + below : name + "/" + below, sink);
            }
        }
    }

    /** Reads a stream that holds one mail or an mbox. It is not closed. */
    public static void read(InputStream stream, String name, Sink sink) throws IOException {
        Lines lines = new Lines(stream);
        byte[] line = lines.next();
        if (line == null) {
            sink.mail(name, new byte[0]);
            return;
        }
        boolean mbox = isSeparator(line);
        Mail mail = new Mail();
        int count = 1;
        boolean blank = false;
        if (!mbox) {
            mail.add(line, false);
        }
        for (line = lines.next(); line != null; line = lines.next()) {
            if (mbox && blank && lines.wholeLineBefore() && isSeparator(line)) {
                sink.mail(counted(name, count), mail.bytes());
                count++;
                mail = new Mail();
            } else {
                mail.add(line, mbox);
            }
            blank = isBlank(line);
        }
        sink.mail(counted(name, count), mail.bytes());
    }

    private static String counted(String name, int count) {
        return count == 1 ? name : name + "#" + count;
    }

    private static List<Path> filesBelow(Path folder, boolean maildir) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                boolean left = !directory.equals(folder)
                        && (isHidden(directory) || (maildir && directory.equals(folder.resolve("tmp"))));
                return left ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && !isHidden(file)) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        Collections.sort(files);
        return files;
    }

    private static boolean isHidden(Path path) {
        return path.getFileName().toString().startsWith(".");
    }

    /** {@code From address weekday month day time year}: a sentence that begins with "From" is none. */
    private static boolean isSeparator(byte[] line) {
        if (line.length < 20 || line.length > 400) {
            return false;
        }
        for (int i = 0; i < FROM.length; i++) {
            if (line[i] != FROM[i]) {
                return false;
            }
        }
        String text = new String(line, StandardCharsets.ISO_8859_1);
        int colon = text.indexOf(':', FROM.length);
        while (colon > 0) {
            if (digit(text, colon - 1) && digit(text, colon - 2) && digit(text, colon + 1) && digit(text, colon + 2)) {
                return hasYear(text, colon);
            }
            colon = text.indexOf(':', colon + 1);
        }
        return false;
    }

    private static boolean hasYear(String text, int from) {
        for (int i = from; i + 3 < text.length(); i++) {
            if (digit(text, i) && digit(text, i + 1) && digit(text, i + 2) && digit(text, i + 3)) {
                return true;
            }
        }
        return false;
    }

    private static boolean digit(String text, int at) {
        return at >= 0 && at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }

    private static boolean isBlank(byte[] line) {
        return line.length == 1 || (line.length == 2 && line[0] == '\r');
    }

    /** Collects a mail up to its limit. */
    private static final class Mail {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(16_384);

        void add(byte[] line, boolean quoted) {
            int from = quoted && isQuotedFrom(line) ? 1 : 0;
            int room = Math.min(line.length - from, MAIL_BYTES_MAX - bytes.size());
            if (room > 0) {
                bytes.write(line, from, room);
            }
        }

        byte[] bytes() {
            return bytes.toByteArray();
        }

        private static boolean isQuotedFrom(byte[] line) {
            int at = 0;
            while (at < line.length && line[at] == '>') {
                at++;
            }
            if (at == 0 || line.length - at < FROM.length) {
                return false;
            }
            for (int i = 0; i < FROM.length; i++) {
                if (line[at + i] != FROM[i]) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Lines with their ends; a longer line than {@value MailFiles#LINE_BUFFER} bytes comes in pieces. */
    private static final class Lines {
        private final InputStream in;
        private final byte[] buffer = new byte[READ_BUFFER];
        private int start;
        private int end;
        private boolean ended = true;
        private boolean endedBefore = true;

        Lines(InputStream in) {
            this.in = in;
        }

        /** True if the piece last returned began a line. */
        boolean wholeLineBefore() {
            return endedBefore;
        }

        byte[] next() throws IOException {
            endedBefore = ended;
            int searched = start;
            while (true) {
                int limit = Math.min(end, start + LINE_BUFFER);
                while (searched < limit) {
                    if (buffer[searched++] == '\n') {
                        return piece(searched, true);
                    }
                }
                if (searched - start == LINE_BUFFER) {
                    return piece(searched, false);
                }
                if (end == buffer.length) {
                    System.arraycopy(buffer, start, buffer, 0, end - start);
                    searched -= start;
                    end -= start;
                    start = 0;
                }
                int read = in.read(buffer, end, buffer.length - end);
                if (read < 0) {
                    return searched == start ? null : piece(searched, false);
                }
                end += read;
            }
        }

        private byte[] piece(int to, boolean wholeEnd) {
            byte[] piece = Arrays.copyOfRange(buffer, start, to);
            start = to;
            ended = wholeEnd;
            return piece;
        }
    }
}
