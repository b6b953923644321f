package dev.rooster.mail;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Making, reading and publishing DKIM keys. Text in, text out; files are the caller's. */
public final class DkimKeys {
    /** Gmail asks for 1024 at least, RFC 8301 §3.2 for 2048; longer ones do not fit into one DNS answer well. */
    private static final int BITS = 2048;

    private static final Pattern PEM =
            Pattern.compile("-----BEGIN ([A-Z ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");
    private static final int DNS_STRING_MAX = 255;

    private DkimKeys() {}

    /** A new RSA-2048 key. */
    public static PrivateKey generate(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS, random);
            return generator.generateKeyPair().getPrivate();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("RSA belongs to every Java platform", e);
        }
    }

    /** The key as PKCS #8 in PEM (RFC 7468 §10), which openssl and other signers read. */
    public static String toPem(PrivateKey key) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
        return "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n";
    }

    /**
     * Reads a key from PEM.
     *
     * @throws IllegalArgumentException saying what was found instead and how to mend it, without showing the key
     */
    public static PrivateKey fromPem(String pem) {
        Matcher block = PEM.matcher(pem);
        if (!block.find()) {
            throw new IllegalArgumentException("no PEM block; expected -----BEGIN PRIVATE KEY-----");
        }
        if (!block.group(1).equals("PRIVATE KEY")) {
            throw new IllegalArgumentException(
                    "found " + block.group(1)
                            + ", expected PRIVATE KEY (PKCS #8, not encrypted); convert it with: openssl pkcs8 -topk8 -nocrypt");
        }
        try {
            byte[] encoded = Base64.getMimeDecoder().decode(block.group(2));
            PrivateKey key = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(encoded));
            publicKeyBase64(key);
            return key;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException("the PEM block holds no RSA private key", e);
        }
    }

    /** The value of the TXT record at {@code selector._domainkey.domain} (RFC 6376 §3.6.1). */
    public static String dnsRecord(PrivateKey key) {
        return "v=DKIM1; k=rsa; p=" + publicKeyBase64(key);
    }

    /** The same as a line for a zone file, in strings of at most 255 octets (RFC 1035 §3.3.14). */
    public static String zoneLine(DkimKey key) {
        String value = dnsRecord(key.key());
        StringBuilder line = new StringBuilder(key.selector() + "._domainkey." + key.domain() + ". IN TXT (");
        for (int at = 0; at < value.length(); at += DNS_STRING_MAX) {
            line.append(" \"")
                    .append(value, at, Math.min(at + DNS_STRING_MAX, value.length()))
                    .append('"');
        }
        return line.append(" )").toString();
    }

    private static String publicKeyBase64(PrivateKey key) {
        if (!(key instanceof RSAPrivateCrtKey rsa)) {
            throw new IllegalArgumentException("not an RSA key with its public exponent");
        }
        try {
            RSAPublicKeySpec spec = new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent());
            byte[] encoded = KeyFactory.getInstance("RSA").generatePublic(spec).getEncoded();
            return Base64.getEncoder().encodeToString(encoded);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the public key cannot be derived", e);
        }
    }
}
