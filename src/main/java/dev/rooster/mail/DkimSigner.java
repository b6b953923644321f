package dev.rooster.mail;

import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.james.jdkim.canon.RelaxedBodyCanonicalizer;

/**
 * Signs messages with rsa-sha256, relaxed/relaxed (RFC 6376), in the buffer they were written to: room for the
 * DKIM-Signature is reserved before the headers, all of which are signed, and filled in when the body is there.
 *
 * <p>The body is canonicalised by jDKIM, where it needs that. The header fields are canonicalised here, on octets: jDKIM's own turns them into
 * the platform's charset, which spoils a To with a UTF-8 address wherever that is not UTF-8. Immutable and thread-safe.
 */
final class DkimSigner {
    /**
     * Listed once more than they occur, so that a second one, which a reader's program might show instead, breaks the
     * signature (RFC 6376 §8.15).
     */
    private static final Set<String> OVERSIGNED = caseless(
            "From",
            "To",
            "Subject",
            "Date",
            "Reply-To",
            "Message-ID",
            "MIME-Version",
            "Content-Type",
            "Content-Transfer-Encoding",
            "List-Id",
            "List-Unsubscribe",
            "List-Unsubscribe-Post",
            "Feedback-ID");
    /** Listed even where we have none, so that none can be added. */
    private static final List<String> OVERSIGNED_WHEN_ABSENT = List.of("Reply-To", "Cc");

    private static final int FOLD_COLUMN = 72;
    private static final int HASH_CHARACTERS = 44;

    private final DkimKey key;
    private final PrivateKey signingKey;
    private final byte[] beforeHash;
    private final byte[] afterHash = BodyText.utf8(";\r\n b=");
    private final int signatureCharacters;

    /**
     * @param names of the header fields that the messages have, each once, in the order in which they are written
     */
    DkimSigner(DkimKey key, List<String> names) {
        this.key = key;
        this.signingKey = RsaSignatures.keyFor(key.key());
        this.signatureCharacters = (key.signatureBytes() + 2) / 3 * 4;
        this.beforeHash = BodyText.utf8("DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;\r\n d=" + key.domain()
                + "; s=" + key.selector() + ";\r\n h=" + nameList(names) + ";\r\n bh=");
    }

    private static String nameList(List<String> names) {
        StringBuilder list = new StringBuilder(String.join(":", names));
        names.stream()
                .filter(OVERSIGNED::contains)
                .forEach(n -> list.append(':').append(n));
        Set<String> present = caseless(names.toArray(new String[0]));
        OVERSIGNED_WHEN_ABSENT.stream()
                .filter(n -> !present.contains(n))
                .forEach(n -> list.append(':').append(n));
        // Folding white space may stand around the colons (RFC 6376 §3.5, h=).
        StringBuilder folded = new StringBuilder();
        int column = " h=".length();
        for (String name : list.toString().split("(?<=:)")) {
            if (column + name.length() > FOLD_COLUMN) {
                folded.append("\r\n ");
                column = 1;
            }
            folded.append(name);
            column += name.length();
        }
        return folded.toString();
    }

    private static Set<String> caseless(String... names) {
        Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        set.addAll(List.of(names));
        return set;
    }

    /** Leaves room for the DKIM-Signature; to be called when the headers are about to be written. */
    int reserve(MessageBuffer out) {
        int folds = (signatureCharacters - 1) / FOLD_COLUMN;
        return out.skip(beforeHash.length + HASH_CHARACTERS + afterHash.length + signatureCharacters + 3 * folds + 2);
    }

    /**
     * Fills the signature in.
     *
     * @param reserved where its room begins
     * @param headers where the header fields begin, right behind that room
     * @param body where the body begins, behind the empty line
     */
    void sign(MessageBuffer out, int reserved, int headers, int body) {
        try {
            byte[] hash = Base64.getEncoder().encode(bodyHash(out, body));
            int at = put(out, reserved, beforeHash);
            at = put(out, at, hash);
            at = put(out, at, afterHash);
            MessageBuffer signed = out.scratch();
            signed.clear();
            RelaxedHeaders.append(out.array(), headers, body - 2, signed);
            RelaxedHeaders.append(out.array(), reserved, at, signed);
            // The signature's own field comes last, without b= and without its line end (RFC 6376 §3.7).
            signed.dropLineEnd();
            Signature signature = RsaSignatures.sha256();
            signature.initSign(signingKey);
            signature.update(signed.array(), 0, signed.length());
            byte[] encoded = Base64.getEncoder().encode(signature.sign());
            for (int from = 0; from < encoded.length; from += FOLD_COLUMN) {
                at = from == 0 ? at : put(out, at, BodyText.utf8("\r\n "));
                int count = Math.min(FOLD_COLUMN, encoded.length - from);
                System.arraycopy(encoded, from, out.array(), at, count);
                at += count;
            }
            put(out, at, BodyText.utf8("\r\n"));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("a message could not be signed with " + key, e);
        }
    }

    private static int put(MessageBuffer out, int at, byte[] source) {
        System.arraycopy(source, 0, out.array(), at, source.length);
        return at + source.length;
    }

    private static byte[] bodyHash(MessageBuffer message, int from) throws GeneralSecurityException, IOException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        int count = message.length() - from;
        if (RelaxedBody.isCanonical(message, from)) {
            digest.update(message.array(), from, count);
            return digest.digest();
        }
        try (OutputStream body =
                new RelaxedBodyCanonicalizer(new DigestOutputStream(OutputStream.nullOutputStream(), digest))) {
            body.write(message.array(), from, count);
        }
        return digest.digest();
    }
}
