package dev.rooster.media;

/** What became of bytes that were offered as a picture. */
public sealed interface PictureCheck {
    /** They are a picture that every mail client shows. */
    record Usable(PictureFile file) implements PictureCheck {}

    /**
     * They are not.
     *
     * @param reason why
     * @param found what was found: a format's name, a size
     */
    record Refused(Reason reason, String found) implements PictureCheck {}

    /** Why a picture is refused. */
    enum Reason {
        /** A picture, but of a format that some mail clients show as a broken box (WebP, SVG, HEIC, AVIF, BMP, TIFF). */
        FORMAT,
        /** No picture at all, or a damaged one. */
        UNREADABLE,
        /** Larger than {@link PictureReader#BYTES_MAX}, or more than {@link PictureReader#PIXELS_MAX} pixels. */
        TOO_LARGE
    }
}
