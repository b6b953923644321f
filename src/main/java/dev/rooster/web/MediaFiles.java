package dev.rooster.web;

import dev.rooster.db.Database;
import dev.rooster.media.JdbiMedia;
import dev.rooster.media.MediaHash;
import dev.rooster.media.PictureFile;
import io.javalin.http.Context;
import java.util.Optional;

/** {@code /media/{hash}}: a picture under the hash of its bytes, so it never changes and is kept for ever. */
final class MediaFiles {
    private final Database database;
    private final Messages messages;
    private final JdbiMedia media = new JdbiMedia();

    MediaFiles(Database database, Messages messages) {
        this.database = database;
        this.messages = messages;
    }

    void get(Context ctx) {
        // Old links may carry an ending; the name alone counts.
        String name = ctx.pathParam("hash").replaceFirst("\\.(?:png|jpe?g|gif)$", "");
        Optional<PictureFile> found = MediaHash.find(name)
                .flatMap(hash -> database.jdbi().withHandle(handle -> media.findFile(handle, hash)));
        if (found.isEmpty()) {
            messages.notFound(ctx);
            return;
        }
        ctx.header("Cache-Control", "public, max-age=31536000, immutable")
                .header("Content-Security-Policy", "default-src 'none'; sandbox")
                // Mail programs and the web archive show it from other origins.
                .header("Cross-Origin-Resource-Policy", "cross-origin");
        if (!Cached.unchanged(ctx, name)) {
            ctx.contentType(found.get().picture().contentType())
                    .result(found.get().bytes());
        }
    }
}
