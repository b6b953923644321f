package dev.rooster.notice;

import dev.rooster.template.Url;
import java.util.List;

/** What the HTML frame of every notice, {@code templates/notices/frame.html.mustache}, is filled with. */
record NoticeFrame(String subject, String newsletter, List<Part> parts, List<String> signature) {

    /** A paragraph of lines, or a button. */
    record Part(boolean button, String label, Url url, List<String> lines) {}
}
