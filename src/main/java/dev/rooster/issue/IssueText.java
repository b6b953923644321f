package dev.rooster.issue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.Optional;

/** The columns of an issue that come from its file. */
record IssueText(
        String title, String subject, Optional<LocalDate> date, String sourceName, String source, String sourceHash) {
    /** Longest file name kept, in characters; the end of a longer one is what tells files apart. */
    private static final int NAME_CHARS_MAX = 300;

    static IssueText of(ParsedIssue parsed, String fileName, byte[] bytes) {
        FrontMatter front = parsed.document().front();
        String name =
                fileName.length() <= NAME_CHARS_MAX ? fileName : fileName.substring(fileName.length() - NAME_CHARS_MAX);
        return new IssueText(
                front.title(),
                front.subject(),
                front.date(),
                name,
                new String(bytes, StandardCharsets.UTF_8),
                hash(bytes));
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
