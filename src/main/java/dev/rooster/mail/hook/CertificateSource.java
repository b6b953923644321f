package dev.rooster.mail.hook;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** Where the certificate of Amazon SNS comes from. */
@FunctionalInterface
public interface CertificateSource {
    /**
     * The certificate at an address.
     *
     * @param address https, at a host of Amazon SNS; checked by the caller
     * @return empty when it can't be had just now
     */
    Optional<X509Certificate> find(URI address);

    /** The certificate at an address has proven a message: it is one of those that are used, and not a stranger's guess. */
    default void proven(URI address) {}
}
