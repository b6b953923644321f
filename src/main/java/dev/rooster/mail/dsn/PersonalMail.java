package dev.rooster.mail.dsn;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a person wrote to us, without what their mail program quotes of our own mail.
 *
 * @param from the sender's address, or null
 * @param subject decoded, or empty
 * @param words the beginning of the text, up to the first quoted line or signature, at most {@value #WORDS_MAX} characters;
 *     may be empty
 * @param automatic a machine or a list sent it (RFC 3834 §5.2): never to be answered, and nobody's wish
 */
public record PersonalMail(String from, String subject, String words, boolean automatic) {
    /** Who asks for something says so in the first lines. */
    static final int WORDS_MAX = 600;

    private static final int LINES_MAX = 40;
    private static final Pattern QUOTE_BEGINS = Pattern.compile(
            "^(>.*|-- ?|_{5,}|-{2,}.*(original|forwarded|원본|전달|원문).*-{2,}"
                    + "|(from|sent|발신|보낸 ?사람|보낸이|보낸 ?날짜) ?:.*"
                    + "|on .{6,160}(wrote:?|<\\S+@\\S+>.*)|.{6,160}(wrote|작성|씀|님의 말) ?:)$",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    private static final List<String> BULK = List.of("bulk", "junk", "list", "auto_reply", "auto-reply");

    /** Reads any bytes; what can't be read is taken for a machine's. */
    public static PersonalMail read(byte[] mail) {
        try {
            MailContents contents = new MailContents(MimePart.read(mail));
            MailHeaders headers = contents.top.headers();
            String subject = headers.decoded("subject");
            return new PersonalMail(
                    AddressScanner.first(headers.first("from")),
                    subject == null ? "" : subject.strip(),
                    ownWords(contents.notice),
                    automatic(contents));
        } catch (RuntimeException | StackOverflowError e) {
            // As in BounceParser: a bug of ours must not stop the collecting.
            return new PersonalMail(null, "", "", true);
        }
    }

    private static boolean automatic(MailContents contents) {
        MailHeaders headers = contents.top.headers();
        String submitted = headers.first("auto-submitted");
        String precedence = headers.first("precedence");
        return submitted != null && !submitted.strip().toLowerCase(Locale.ROOT).startsWith("no")
                || precedence != null && BULK.contains(precedence.strip().toLowerCase(Locale.ROOT))
                || headers.all("return-path").stream()
                        .anyMatch(path -> path.strip().equals("<>"))
                || headers.has("list-id")
                || headers.has("x-failed-recipients")
                || !contents.statuses.isEmpty()
                || contents.feedback != null
                || contents.disposition;
    }

    private static String ownWords(String text) {
        StringBuilder words = new StringBuilder();
        int lines = 0;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            String bare = line.strip();
            if (++lines > LINES_MAX
                    || words.length() > WORDS_MAX
                    || QUOTE_BEGINS.matcher(bare).matches()) {
                break;
            }
            if (!bare.isEmpty()) {
                words.append(words.isEmpty() ? "" : "\n").append(bare, 0, Math.min(bare.length(), WORDS_MAX));
            }
        }
        return words.substring(0, Math.min(words.length(), WORDS_MAX));
    }
}
