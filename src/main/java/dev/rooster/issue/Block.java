package dev.rooster.issue;

import dev.rooster.media.Picture;
import java.util.List;

/** One block of an issue's body, ready for both parts of a mail. */
public sealed interface Block {
    /**
     * Running text: a paragraph, list, quotation, table, small heading, rule or code block.
     *
     * @param html class-free semantic HTML from the allow-list, safe to place into a page as it is
     * @param text the same as plain text, lines divided by {@code \n}, not wrapped
     */
    record Prose(String html, String text) implements Block {}

    /**
     * A picture that stands alone.
     *
     * @param alt what it shows, plain text; "" when the writer gave none
     * @param caption plain text; "" when there is none
     * @param link where a tap leads, an absolute URL; "" when nowhere
     */
    record Figure(Picture picture, String alt, String caption, String link) implements Block {}

    /** A conversation, a speaker a line; at least one line. */
    record Dialogue(List<Line> lines) implements Block {
        public Dialogue {
            lines = List.copyOf(lines);
        }
    }

    /**
     * What one speaker says.
     *
     * @param emoji the speaker's face, one emoji
     * @param name the speaker's name, plain text; "" when only the emoji stands for it
     */
    record Line(String emoji, String name, RichText words) {}
}
