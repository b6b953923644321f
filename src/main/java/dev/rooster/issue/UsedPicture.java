package dev.rooster.issue;

import dev.rooster.media.Picture;

/**
 * A picture as the Markdown names it.
 *
 * @param path as written, percent signs decoded, NFC, {@code /} between folders
 */
public record UsedPicture(String path, Picture picture) {}
