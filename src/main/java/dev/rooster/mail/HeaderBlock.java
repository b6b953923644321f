package dev.rooster.mail;

import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Header fields in the order in which they are added, each at most once (RFC 5322 §3.6). Not thread-safe. */
final class HeaderBlock {
    /** RFC 5322 §3.3, with the numeric offset that it prefers; names of days and months are English in every locale. */
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss xx", Locale.US);
    /** Leaves room for the field's name within the 998 octets of RFC 5322 §2.1.1: a URL cannot be folded. */
    private static final int URI_LENGTH_MAX = 900;

    private static final Pattern URI = Pattern.compile("(https?://|mailto:)[!-~&&[^<>,\"]]+");
    private static final Pattern MESSAGE_ID =
            Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,200}@[A-Za-z0-9.-]{1,255}");
    private static final Pattern LIST_ID = Pattern.compile("[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+");

    private final StringBuilder text = new StringBuilder(1024);
    private final List<String> names = new ArrayList<>();

    private HeaderBlock add(String name, Runnable value) {
        if (names.stream().anyMatch(name::equalsIgnoreCase)) {
            throw new IllegalStateException("a second " + name + " header");
        }
        names.add(name);
        text.append(name).append(": ");
        value.run();
        text.append("\r\n");
        return this;
    }

    HeaderBlock date(OffsetDateTime date) {
        return add("Date", () -> text.append(DATE.format(date)));
    }

    HeaderBlock unstructured(String name, String value) {
        HeaderText.requireSafe(name, value);
        if (value.isBlank()) {
            throw new IllegalArgumentException(name + " is empty");
        }
        return add(name, () -> HeaderText.appendUnstructured(text, value));
    }

    /** A mailbox whose name must be good already: it comes from the settings. */
    HeaderBlock mailbox(String name, String displayName, EmailAddress address) {
        if (displayName != null) {
            HeaderText.requireSafe(name, displayName);
        }
        return add(name, () -> HeaderText.appendMailbox(text, displayName, address.text()));
    }

    /** The recipient, whose name is made harmless if need be. */
    HeaderBlock to(String displayName, EmailAddress address) {
        String clean = displayName == null ? null : HeaderText.clean(displayName);
        return add("To", () -> HeaderText.appendMailbox(text, clean, address.text()));
    }

    HeaderBlock messageId(String id) {
        if (!MESSAGE_ID.matcher(id).matches() || id.startsWith(".") || id.contains("..") || id.contains(".@")) {
            throw new IllegalArgumentException("a message id is a dot-atom, @ and a domain (RFC 5322 §3.6.4)");
        }
        return add("Message-ID", () -> HeaderText.appendToken(text, "<" + id + ">"));
    }

    /** RFC 2919. */
    HeaderBlock listId(String displayName, String id) {
        if (!LIST_ID.matcher(id).matches() || id.length() > 255) {
            throw new IllegalArgumentException("a list id looks like weekly.lists.example.com, found: " + id);
        }
        HeaderText.requireSafe("List-Id", displayName == null ? "" : displayName);
        String name = displayName;
        return add("List-Id", () -> {
            if (name == null || name.isEmpty()) {
                HeaderText.appendToken(text, "<" + id + ">");
            } else {
                HeaderText.appendMailbox(text, name, id);
            }
        });
    }

    /**
     * RFC 2369 §3.2, the web address first; with the second header that makes it one click (RFC 8058 §3.1).
     *
     * @param mailto null for none
     */
    HeaderBlock listUnsubscribe(String url, String mailto) {
        requireUri(url);
        add("List-Unsubscribe", () -> {
            HeaderText.appendToken(text, "<" + url + ">" + (mailto == null ? "" : ","));
            if (mailto != null) {
                text.append("\r\n <").append(requireUri(mailto)).append('>');
            }
        });
        return add("List-Unsubscribe-Post", () -> text.append("List-Unsubscribe=One-Click"));
    }

    private static String requireUri(String uri) {
        if (!URI.matcher(uri).matches()) {
            throw new IllegalArgumentException("List-Unsubscribe takes an https or mailto address in ASCII");
        }
        if (uri.length() > URI_LENGTH_MAX) {
            throw new IllegalArgumentException("the unsubscribe address is longer than " + URI_LENGTH_MAX
                    + " characters and cannot be folded; shorten the public URL");
        }
        return uri;
    }

    /** A field whose value is known to be ASCII and short. */
    HeaderBlock literal(String name, String value) {
        return add(name, () -> text.append(value));
    }

    /** In the order of the fields. */
    List<String> names() {
        return List.copyOf(names);
    }

    /** The fields, each line ended by CRLF. */
    String text() {
        return text.toString();
    }
}
