package dev.rooster.delivery;

import dev.rooster.db.Columns;
import dev.rooster.mail.MessageHeaders;
import dev.rooster.mail.SkeletonText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table {@code edition_version}. Stateless; every method works in the caller's transaction. */
public final class JdbiEditionVersions {
    /** Writes a version. */
    void insert(
            Handle handle,
            EditionId edition,
            int version,
            MessageHeaders headers,
            IssueContent.Answer.Ready content,
            Instant releasedAt,
            Origin origin,
            String changes) {
        String headerLines = headers.format();
        String html = SkeletonText.format(content.html());
        String text = SkeletonText.format(content.text());
        handle.createUpdate("""
                        insert into edition_version (edition_id, version, subject, headers, html, text, archive_html,
                          content_hash, released_at, token_key, bounce_prefix, bounce_domain, changes)
                        values (:edition, :version, :subject, :headers, :html, :text, :archive, :hash, :released, :key, :prefix,
                          :domain, :changes)
                        """)
                .bind("edition", edition.value())
                .bind("version", version)
                .bind("subject", headers.subject())
                .bind("headers", headerLines)
                .bind("html", html)
                .bind("text", text)
                .bind("archive", content.archiveHtml())
                .bind("hash", hash(headerLines, html, text))
                .bind("released", releasedAt)
                .bind("key", origin.tokenKey())
                .bind("prefix", origin.bouncePrefix())
                .bind("domain", origin.bounceDomain())
                .bind("changes", changes)
                .execute();
    }

    /** All versions of an edition, the first one first. */
    public List<FrozenVersion> list(Handle handle, EditionId edition) {
        return handle.createQuery("""
                        select version, subject, released_at, changes from edition_version where edition_id = :edition
                        order by version
                        """)
                .bind("edition", edition.value())
                .map((row, context) -> new FrozenVersion(
                        row.getInt("version"),
                        row.getString("subject"),
                        Columns.instant(row, "released_at"),
                        row.getString("changes")))
                .list();
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
