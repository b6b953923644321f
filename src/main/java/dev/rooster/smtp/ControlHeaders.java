package dev.rooster.smtp;

import dev.rooster.mail.event.Provider;
import dev.rooster.mail.relay.Envelope;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The header by which a provider is given a reference of ours, to be given back with each event of the mail. Such headers steer
 * a provider's machinery, so they are written here only, for the relay that is named as that provider's, and hold nothing but
 * the envelope's id. Providers that keep our Message-ID or envelope sender need none.
 */
final class ControlHeaders {
    private static final Pattern TOKEN = Pattern.compile("[a-z2-7]{1,80}");
    private static final byte[] NONE = new byte[0];

    private ControlHeaders() {}

    /**
     * The lines to put before the message, each ended by CRLF; empty for none.
     *
     * @param provider null for none
     */
    static byte[] of(Provider provider, Envelope envelope) {
        String token = envelope.envelopeId();
        if (provider == null || token == null || !TOKEN.matcher(token).matches()) {
            return NONE;
        }
        String line = switch (provider) {
            case POSTMARK -> "X-PM-Metadata-rooster: " + token;
            case SENDGRID -> "X-SMTPAPI: {\"unique_args\": {\"rooster\": \"" + token + "\"}}";
            case SPARKPOST -> "X-MSYS-API: {\"metadata\": {\"rooster\": \"" + token + "\"}}";
            case BREVO -> "X-Mailin-custom: " + token;
            // SES tells the envelope sender, Mailgun keeps the Message-ID; Resend gives nothing back.
            case SES, MAILGUN, RESEND, GENERIC -> "";
        };
        return line.isEmpty() ? NONE : (line + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }
}
