package dev.rooster.inbox;

import dev.rooster.inbox.MailTaker.Fate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.subethamail.smtp.DropConnectionException;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;

/**
 * One mail that a client hands over: refused before DATA if it is for nobody here, answered with 250 only after what it says is
 * committed (RFC 5321 §4.2.5: then it is ours). For one thread.
 *
 * <p>A failure drops the connection with its reply. The library would keep the transaction open, answer the next MAIL with 503, and a
 * client might take that for a verdict on the next mail.
 */
final class ReceiveMail implements MessageHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ReceiveMail.class);
    private static final int PIECE = 16 * 1024;

    private final Function<String, Optional<String>> ours;
    private final MailTaker taker;
    private final MailForPeople people;
    private final int mailBytesMax;
    /** By what stands in their addresses: one token, written in many ways, is one recipient. */
    private final Map<String, String> recipients = new LinkedHashMap<>();

    private boolean nullSender;

    ReceiveMail(Function<String, Optional<String>> ours, MailTaker taker, MailForPeople people, int mailBytesMax) {
        this.ours = ours;
        this.taker = taker;
        this.people = people;
        this.mailBytesMax = mailBytesMax;
    }

    @Override
    public void from(String sender) {
        nullSender = sender.isEmpty();
    }

    @Override
    public void recipient(String address) throws RejectException {
        String token = ours.apply(address)
                .orElseThrow(() -> new RejectException(550, "5.1.1 No such address here, and nothing is relayed"));
        recipients.putIfAbsent(token, address);
    }

    @Override
    public String data(InputStream in) throws RejectException, IOException {
        byte[] mail = read(in);
        try {
            byte[] forPeople = null;
            for (String recipient : recipients.values()) {
                byte[] delivered = asDelivered(recipient, mail);
                boolean toBeRead = taker.take(delivered) == Fate.FOR_PEOPLE;
                forPeople = forPeople == null && toBeRead ? delivered : forPeople;
            }
            if (forPeople != null && !people.tryKeep(forPeople)) {
                LOG.warn("A mail for people is not taken: there are too many of them; read and remove some");
                throw new DropConnectionException(
                        452, "4.3.1 Too much mail waits for people to read it; try again later");
            }
        } catch (RuntimeException e) {
            LOG.warn("A mail that came in could not be taken; its sender keeps it and tries again: {}", e.toString());
            throw new DropConnectionException(451, "4.3.0 Not taken now; try again later");
        }
        return "2.0.0 Taken";
    }

    private byte[] read(InputStream in) throws RejectException, IOException {
        ByteArrayOutputStream beginning = new ByteArrayOutputStream();
        byte[] piece = new byte[PIECE];
        long length = 0;
        for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
            length += read;
            if (length > mailBytesMax) {
                throw new DropConnectionException(552, "5.3.4 Bigger than any mail that is taken here");
            }
            beginning.write(piece, 0, Math.min(read, MailFiles.MAIL_BYTES_MAX - beginning.size()));
        }
        return beginning.toByteArray();
    }

    /** With what the envelope said, as a delivery to a mailbox notes it. */
    private byte[] asDelivered(String recipient, byte[] mail) {
        String fields = (nullSender ? "Return-Path: <>\r\n" : "") + "Delivered-To: " + recipient + "\r\n";
        byte[] head = fields.getBytes(StandardCharsets.US_ASCII);
        byte[] whole = new byte[head.length + mail.length];
        System.arraycopy(head, 0, whole, 0, head.length);
        System.arraycopy(mail, 0, whole, head.length, mail.length);
        return whole;
    }

    @Override
    public void done() {
        recipients.clear();
    }
}
