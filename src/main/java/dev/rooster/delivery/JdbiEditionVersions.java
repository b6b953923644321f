package dev.rooster.delivery;

import dev.rooster.db.Columns;
import dev.rooster.mail.MessageHeaders;
import dev.rooster.mail.Skeleton;
import dev.rooster.mail.SkeletonText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table {@code edition_version}. Stateless; every method works in the caller's transaction. */
public final class JdbiEditionVersions {
    /** Writes a version from its parts; answers it as it will be read. */
    EditionVersion insert(
            Handle handle,
            EditionId edition,
            int version,
            MessageHeaders headers,
            Skeleton html,
            Skeleton text,
            String archiveHtml,
            Instant releasedAt,
            Origin origin) {
        String headerLines = headers.format();
        String htmlText = SkeletonText.format(html);
        String textText = SkeletonText.format(text);
        String hash = hash(headerLines, htmlText, textText);
        handle.createUpdate("""
                        insert into edition_version (edition_id, version, subject, headers, html, text, archive_html,
                          content_hash, released_at, token_key, bounce_prefix, bounce_domain)
                        values (:edition, :version, :subject, :headers, :html, :text, :archive, :hash, :released, :key, :prefix,
                          :domain)
                        """)
                .bind("edition", edition.value())
                .bind("version", version)
                .bind("subject", headers.subject())
                .bind("headers", headerLines)
                .bind("html", htmlText)
                .bind("text", textText)
                .bind("archive", archiveHtml)
                .bind("hash", hash)
                .bind("released", releasedAt)
                .bind("key", origin.tokenKey())
                .bind("prefix", origin.bouncePrefix())
                .bind("domain", origin.bounceDomain())
                .execute();
        return new EditionVersion(edition, version, headers, html, text, archiveHtml, hash, releasedAt, origin);
    }

    private static String hash(String... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                digest.update(part.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    public Optional<EditionVersion> find(Handle handle, EditionId edition, int version) {
        return handle.createQuery("""
                        select headers, html, text, archive_html, content_hash, released_at, token_key, bounce_prefix,
                          bounce_domain
                        from edition_version where edition_id = :edition and version = :version
                        """)
                .bind("edition", edition.value())
                .bind("version", version)
                .map((row, context) -> new EditionVersion(
                        edition,
                        version,
                        MessageHeaders.parse(row.getString("headers")),
                        SkeletonText.parse(row.getString("html")),
                        SkeletonText.parse(row.getString("text")),
                        row.getString("archive_html"),
                        row.getString("content_hash"),
                        Columns.instant(row, "released_at"),
                        origin(row)))
                .findOne();
    }

    private static Origin origin(ResultSet row) throws SQLException {
        int key = row.getInt("token_key");
        return row.wasNull() ? null : new Origin(key, row.getString("bounce_prefix"), row.getString("bounce_domain"));
    }
}
