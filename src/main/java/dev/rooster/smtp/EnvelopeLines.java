package dev.rooster.smtp;

import dev.rooster.mail.SmtpCommand;
import dev.rooster.mail.SmtpReply;
import dev.rooster.mail.relay.Envelope;
import dev.rooster.mail.relay.EnvelopeResult.Refused;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The commands that open one message, with the parameters that the relay offered to understand, and no others
 * (RFC 5321 §4.1.1.11).
 *
 * @param mail without CRLF
 * @param rcpt without CRLF
 */
record EnvelopeLines(String mail, String rcpt) {
    private static final SmtpReply NEEDS_SMTPUTF8 =
            new SmtpReply(553, "5.6.7", "the address needs SMTPUTF8 (RFC 6531), which this relay does not offer");

    static EnvelopeLines of(Envelope envelope, Capabilities offered, RelaySettings settings) {
        RelaySettings.Dsn dsn = settings.dsn();
        StringBuilder mail =
                new StringBuilder("MAIL FROM:<").append(envelope.mailFrom()).append('>');
        StringBuilder rcpt =
                new StringBuilder("RCPT TO:<").append(envelope.rcpt().text()).append('>');
        if (offered.size() && envelope.sizeBytes() > 0) {
            mail.append(" SIZE=")
                    .append(envelope.sizeBytes() + ControlHeaders.of(settings.provider(), envelope).length);
        }
        if (needsSmtpUtf8(envelope)) {
            // The header holds the address as it is, so the message is 8-bit: RFC 6531 §3.6 asks to say both.
            mail.append(" BODY=8BITMIME SMTPUTF8");
        }
        // Nobody could receive a notification about the null sender's mail.
        if (offered.dsn()
                && dsn != RelaySettings.Dsn.OFF
                && !envelope.mailFrom().isEmpty()) {
            appendDsn(envelope, dsn, mail, rcpt);
        }
        return new EnvelopeLines(mail.toString(), rcpt.toString());
    }

    /** RFC 3461 §4. */
    private static void appendDsn(Envelope envelope, RelaySettings.Dsn dsn, StringBuilder mail, StringBuilder rcpt) {
        mail.append(" RET=HDRS");
        if (envelope.envelopeId() != null) {
            mail.append(" ENVID=").append(Xtext.encode(envelope.envelopeId()));
        }
        rcpt.append(dsn == RelaySettings.Dsn.SUCCESS ? " NOTIFY=SUCCESS,FAILURE,DELAY" : " NOTIFY=FAILURE,DELAY");
        String address = envelope.rcpt().text();
        rcpt.append(" ORCPT=")
                .append(
                        envelope.rcpt().needsSmtpUtf8()
                                ? "utf-8;" + Xtext.encodeUtf8Address(address)
                                : "rfc822;" + Xtext.encode(address));
    }

    /** A refusal that need not be asked for: no relay without SMTPUTF8 may be told such an address (RFC 6531 §3.2). */
    static Optional<Refused> refusedWithoutAsking(Envelope envelope, Capabilities offered) {
        return needsSmtpUtf8(envelope) && !(offered.smtpUtf8() && offered.eightBitMime())
                ? Optional.of(new Refused(SmtpCommand.RCPT, NEEDS_SMTPUTF8))
                : Optional.empty();
    }

    static boolean needsSmtpUtf8(Envelope envelope) {
        return envelope.smtpUtf8()
                || envelope.rcpt().needsSmtpUtf8()
                || envelope.mailFrom().chars().anyMatch(c -> c > 0x7f);
    }

    byte[] mailBytes() {
        return bytes(mail + "\r\n");
    }

    byte[] rcptBytes() {
        return bytes(rcpt + "\r\n");
    }

    /** MAIL, RCPT and DATA in one; DATA has to be the last of its group (RFC 2920 §3.1). */
    byte[] together(boolean resetFirst) {
        return bytes((resetFirst ? "RSET\r\n" : "") + mail + "\r\n" + rcpt + "\r\nDATA\r\n");
    }

    private static byte[] bytes(String lines) {
        return lines.getBytes(StandardCharsets.UTF_8);
    }
}
