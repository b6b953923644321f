package dev.rooster.media;

/**
 * What is known of a picture without its bytes.
 *
 * @param hash its name
 * @param contentType {@code image/png}, {@code image/jpeg} or {@code image/gif}: what every mail client shows
 * @param width natural width in pixels, as shown (a JPEG turned by its EXIF orientation is measured turned)
 * @param height natural height in pixels, likewise
 * @param sizeBytes size of the file
 */
public record Picture(MediaHash hash, String contentType, int width, int height, long sizeBytes) {
    /** Height in pixels when the picture is shown at the given width, never less than 1. */
    public int heightAt(int shownWidth) {
        return Math.max(1, Math.round((float) height * shownWidth / width));
    }
}
