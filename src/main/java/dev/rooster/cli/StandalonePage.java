package dev.rooster.cli;

import dev.rooster.db.Database;
import dev.rooster.media.JdbiMedia;
import dev.rooster.media.MediaHash;
import dev.rooster.media.Picture;
import dev.rooster.media.PictureFile;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mail's HTML as one file that shows its pictures anywhere, also where no server of ours runs: each picture of the media store
 * stands in it as a data: URL (RFC 2397). For looking at only; mail programs show no data: URLs.
 */
final class StandalonePage {
    private final Database database;
    private final String html;
    private final Pattern address;
    private final JdbiMedia media = new JdbiMedia();

    /** @param site where the HTML says that pictures are */
    StandalonePage(Database database, URI site, String html) {
        this.database = database;
        this.html = html;
        String base = site.toString().replaceFirst("/$", "");
        this.address = Pattern.compile(Pattern.quote(base + "/media/") + "([0-9a-f]{64})");
    }

    /** What the pictures are, each once, in order. */
    List<Picture> pictures() {
        Map<String, Picture> found = new LinkedHashMap<>();
        Matcher matcher = address.matcher(html);
        while (matcher.find()) {
            MediaHash.find(matcher.group(1))
                    .flatMap(hash -> database.jdbi().withHandle(handle -> media.find(handle, hash)))
                    .ifPresent(picture -> found.put(picture.hash().hex(), picture));
        }
        return new ArrayList<>(found.values());
    }

    /** Writes the page, one picture in memory at a time. */
    void writeTo(OutputStream out) throws IOException {
        int done = 0;
        Matcher matcher = address.matcher(html);
        while (matcher.find()) {
            write(out, html.substring(done, matcher.start()));
            Optional<PictureFile> picture = MediaHash.find(matcher.group(1))
                    .flatMap(hash -> database.jdbi().withHandle(handle -> media.findFile(handle, hash)));
            if (picture.isPresent()) {
                write(out, "data:" + picture.get().picture().contentType() + ";base64,");
                out.write(Base64.getEncoder().encode(picture.get().bytes()));
            } else {
                write(out, matcher.group());
            }
            done = matcher.end();
        }
        write(out, html.substring(done));
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
