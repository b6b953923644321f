package dev.rooster.issue;

import dev.rooster.media.Picture;
import dev.rooster.media.PictureCheck;

/** Where the pictures of an issue come from: a folder while it is added, the database ever after. */
public interface PictureSource {
    /**
     * @param path as written in the Markdown, percent signs decoded, NFC, relative, without {@code ..}
     */
    Answer find(String path);

    /** What the source says about a path. */
    sealed interface Answer {
        /** It is there. */
        record Found(Picture picture) implements Answer {}

        /** Something is there that cannot be used. */
        record Unusable(PictureCheck.Refused why) implements Answer {}

        /**
         * Nothing is there.
         *
         * @param near a name that is there and looks alike; "" when none does
         */
        record Missing(String near) implements Answer {}
    }
}
