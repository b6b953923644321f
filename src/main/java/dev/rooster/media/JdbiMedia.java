package dev.rooster.media;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table of pictures. Rows are never changed and never deleted: mails that were sent point at them. Stateless. */
public final class JdbiMedia {
    /** Keeps a picture; one that is there already stays as it is. */
    public void keep(Handle handle, PictureFile file, Instant now) {
        Picture picture = file.picture();
        // Not "on conflict": the two databases spell it differently. A picture stored twice at once fails the second
        // transaction, which its caller may simply repeat.
        if (find(handle, picture.hash()).isPresent()) {
            return;
        }
        handle.createUpdate("""
                        insert into media (hash, content_type, bytes, size_bytes, width, height, created_at)
                        values (:hash, :contentType, :bytes, :sizeBytes, :width, :height, :now)
                        """)
                .bind("hash", picture.hash().hex())
                .bind("contentType", picture.contentType())
                .bind("bytes", file.bytes())
                .bind("sizeBytes", picture.sizeBytes())
                .bind("width", picture.width())
                .bind("height", picture.height())
                .bind("now", now)
                .execute();
    }

    /** What is known of a picture, without its bytes. */
    public Optional<Picture> find(Handle handle, MediaHash hash) {
        return handle.createQuery("select content_type, width, height, size_bytes from media where hash = :hash")
                .bind("hash", hash.hex())
                .map((row, context) -> new Picture(
                        hash,
                        row.getString("content_type"),
                        row.getInt("width"),
                        row.getInt("height"),
                        row.getLong("size_bytes")))
                .findOne();
    }

    /** A picture with its bytes, at most {@link PictureReader#BYTES_MAX} of them. */
    public Optional<PictureFile> findFile(Handle handle, MediaHash hash) {
        return find(handle, hash)
                .map(picture -> new PictureFile(
                        picture,
                        handle.createQuery("select bytes from media where hash = :hash")
                                .bind("hash", hash.hex())
                                .mapTo(byte[].class)
                                .one()));
    }
}
