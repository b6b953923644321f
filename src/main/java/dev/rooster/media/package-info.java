/**
 * Pictures of issues: read and refused on the way in, kept once per content in the database, found again by their hash.
 *
 * <p>Entry points: {@link dev.rooster.media.PictureReader} for bytes that come in, {@link dev.rooster.media.JdbiMedia} for
 * bytes that are kept. A picture's name is the SHA-256 of its bytes: a mail that was sent points at exactly the bytes it
 * was sent with, two issues share one logo, and a cache may keep it for ever. Bytes lie in the database, not in a folder,
 * so that every node that serves or archives an issue has them, and so that one backup holds everything.
 */
package dev.rooster.media;
