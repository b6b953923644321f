package dev.rooster.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The mail of one edition version, compiled: what is the same for every recipient is folded, encoded and ready, so that
 * a copy costs its own headers, the holes, and one pass of copying (and the signature, when there is a key).
 *
 * <p>The same copy with the same values gives the same octets each time. Immutable and thread-safe.
 */
public final class MessagePlan {
    private final byte[] beforeTo;
    private final byte[] afterTo;
    private final byte[] afterCopy;
    private final MessageBody body;
    private final DkimSigner signer;

    private MessagePlan(MessageHeaders headers, MessageBody body, DkimKey key) {
        HeaderBlock first = new HeaderBlock().date(headers.date()).mailbox("From", headers.fromName(), headers.from());
        HeaderBlock second = new HeaderBlock();
        if (headers.replyTo() != null) {
            second.mailbox("Reply-To", null, headers.replyTo());
        }
        second.unstructured("Subject", headers.subject()).listId(headers.listName(), headers.listId());
        HeaderBlock third = new HeaderBlock();
        if (headers.feedbackId() != null) {
            third.literal("Feedback-ID", headers.feedbackId());
        }
        third.literal("Precedence", "bulk");
        body.describe(third);
        this.beforeTo = BodyText.utf8(first.text());
        this.afterTo = BodyText.utf8(second.text());
        this.afterCopy = BodyText.utf8(third.text() + "\r\n");
        this.body = body;
        this.signer = key == null ? null : new DkimSigner(key, names(first, second, third));
    }

    private static List<String> names(HeaderBlock first, HeaderBlock second, HeaderBlock third) {
        List<String> names = new ArrayList<>(first.names());
        names.add("To");
        names.addAll(second.names());
        names.addAll(List.of("Message-ID", "List-Unsubscribe", "List-Unsubscribe-Post"));
        names.addAll(third.names());
        return names;
    }

    /**
     * @param key what the copies are signed with; empty for no signature
     * @throws IllegalArgumentException when a header holds what no header may, or a text a control character
     */
    public static MessagePlan compile(MessageHeaders headers, Skeleton text, Skeleton html, Optional<DkimKey> key) {
        return new MessagePlan(headers, new MessageBody(text, html), key.orElse(null));
    }

    /**
     * Writes one recipient's complete message in place of what the buffer held: CRLF lines, not dot-stuffed, 7-bit
     * (but for a recipient who needs SMTPUTF8, whose address stands in To as UTF-8, RFC 6532).
     *
     * @throws IllegalArgumentException when the copy's message id or unsubscribe address cannot stand in a header
     */
    public void write(MergeValues values, CopyIdentity copy, MessageBuffer out) {
        out.clear();
        HeaderBlock to = new HeaderBlock().to(copy.toName(), copy.to());
        HeaderBlock own = new HeaderBlock()
                .messageId(copy.messageId())
                .listUnsubscribe(copy.unsubscribeUrl(), copy.unsubscribeMailto());
        int signature = signer == null ? 0 : signer.reserve(out);
        int headers = out.length();
        out.append(beforeTo);
        out.append(BodyText.utf8(to.text()));
        out.append(afterTo);
        out.append(BodyText.utf8(own.text()));
        out.append(afterCopy);
        int start = out.length();
        body.write(values, out);
        if (signer != null) {
            signer.sign(out, signature, headers, start);
        }
    }

    /** How long the encoded parts are with these values; give the longest ones to learn whether any copy gets clipped. */
    public PartSizes sizes(MergeValues values) {
        return body.sizes(values);
    }
}
