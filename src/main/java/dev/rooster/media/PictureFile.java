package dev.rooster.media;

/** A picture with its bytes. The array is shared, not copied: nobody may write to it. */
public record PictureFile(Picture picture, byte[] bytes) {}
