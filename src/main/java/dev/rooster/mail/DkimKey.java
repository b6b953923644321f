package dev.rooster.mail;

import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.util.regex.Pattern;

/**
 * What messages are signed with (RFC 6376).
 *
 * @param domain d=, the domain of From or its organisational domain
 * @param selector s=, under which the public key is published: {@code selector._domainkey.domain}
 * @param key RSA, at least 1024 bits (RFC 8301 §3.2); 2048 is what {@link DkimKeys} makes
 */
public record DkimKey(String domain, String selector, PrivateKey key) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9-]+)*");

    public DkimKey {
        if (!NAME.matcher(domain).matches() || !NAME.matcher(selector).matches()) {
            throw new IllegalArgumentException("domain and selector of a DKIM key are host names in ASCII");
        }
        if (!(key instanceof RSAPrivateKey rsa) || rsa.getModulus().bitLength() < 1024) {
            throw new IllegalArgumentException("a DKIM key is an RSA key of 1024 bits or more");
        }
    }

    /** How many octets a signature has. */
    int signatureBytes() {
        return (((RSAPrivateKey) key).getModulus().bitLength() + 7) / 8;
    }

    @Override
    public String toString() {
        return "DkimKey[" + selector + "._domainkey." + domain + "]";
    }
}
