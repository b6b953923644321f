package dev.rooster.sandbox;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A mail that the sandbox's relay took, read by the mail library. Immutable. */
public final class CaughtMail {
    private static final Pattern UNSUBSCRIBE = Pattern.compile("<(https?://[^>]+)>");

    private final int number;
    private final PeerMessage message;
    private final MimeMessage parsed;

    CaughtMail(int number, PeerMessage message) {
        this.number = number;
        this.message = message;
        try {
            this.parsed =
                    new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(message.octets()));
        } catch (MessagingException e) {
            throw new IllegalArgumentException("the relay took something that is no mail", e);
        }
    }

    /** From 1, in the order they came. */
    public int number() {
        return number;
    }

    /** The envelope's recipient. */
    public String recipient() {
        return message.rcpt();
    }

    /** The envelope's sender, where bounces go. */
    public String sender() {
        return message.mailFrom();
    }

    public String subject() {
        return get(() -> parsed.getSubject());
    }

    /** A header's value, unfolded; null when it is not there. */
    public String header(String name) {
        return get(() -> {
            String value = parsed.getHeader(name, null);
            return value == null ? null : value.replaceAll("\\r?\\n\\s+", " ");
        });
    }

    /** The one-click address of List-Unsubscribe (RFC 8058 section 3.1); null when there is none. */
    public URI unsubscribe() {
        String value = header("List-Unsubscribe");
        Matcher matcher = value == null ? null : UNSUBSCRIBE.matcher(value);
        return matcher != null && matcher.find() ? URI.create(matcher.group(1)) : null;
    }

    public String html() {
        return part("text/html");
    }

    public String text() {
        return part("text/plain");
    }

    /** The message as it came over the wire. */
    public String source() {
        return new String(message.octets(), StandardCharsets.ISO_8859_1);
    }

    private String part(String type) {
        return get(() -> find(parsed, type));
    }

    private static String find(Part part, String type) throws MessagingException, IOException {
        if (part.isMimeType(type)) {
            return part.getContent().toString();
        }
        if (part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                BodyPart child = parts.getBodyPart(i);
                String found = find(child, type);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private interface Reading<T> {
        T read() throws MessagingException, IOException;
    }

    private static <T> T get(Reading<T> reading) {
        try {
            return reading.read();
        } catch (MessagingException e) {
            throw new IllegalStateException("the caught mail can't be read", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
