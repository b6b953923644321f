package dev.rooster.mail.hook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/** SendGrid's Signed Event Webhook: ECDSA on P-256 with SHA-256 over timestamp and body (FIPS 186-4 §6). */
public final class SendGridCheck implements HookCheck {
    private static final String PREFIX = "x-twilio-email-event-webhook-";
    private static final int P256_BITS = 256;

    private final List<PublicKey> keys;
    private final Duration window;

    /**
     * @param verificationKeys as SendGrid shows them: base64 of a SubjectPublicKeyInfo (RFC 5480 §2)
     * @throws IllegalArgumentException when one is no such key
     */
    public SendGridCheck(List<String> verificationKeys, Duration window) {
        this.keys = verificationKeys.stream().map(SendGridCheck::key).toList();
        this.window = window;
    }

    private static PublicKey key(String base64) {
        try {
            PublicKey key = KeyFactory.getInstance("EC")
                    .generatePublic(
                            new X509EncodedKeySpec(Base64.getMimeDecoder().decode(base64)));
            if (((ECPublicKey) key).getParams().getCurve().getField().getFieldSize() != P256_BITS) {
                throw new IllegalArgumentException("the key is on another curve than P-256");
            }
            return key;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("no public key on P-256 in base64", e);
        }
    }

    @Override
    public Checked check(HookRequest request, Instant now) {
        String timestamp = request.header(PREFIX + "timestamp");
        if (!Signatures.isFresh(timestamp, window, now)) {
            return new Checked.Refused();
        }
        String signature = request.header(PREFIX + "signature");
        return keys.stream().anyMatch(key -> verifies(key, signature, timestamp, request.body()))
                ? new Checked.Genuine(request.body(), null)
                : new Checked.Refused();
    }

    private static boolean verifies(PublicKey key, String signature, String timestamp, byte[] body) {
        try {
            Signature verifier = Signature.getInstance("SHA256withECDSA");
            verifier.initVerify(key);
            verifier.update(timestamp.getBytes(UTF_8));
            verifier.update(body);
            return verifier.verify(Base64.getDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false; // no signature in form
        }
    }
}
