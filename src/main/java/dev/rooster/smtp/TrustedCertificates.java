package dev.rooster.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Whom TLS connections trust: the Java runtime's authorities, or those of one PEM file. */
public final class TrustedCertificates {
    private TrustedCertificates() {}

    /**
     * Makes TLS sockets that verify the certificate chain. (The host name is verified by whoever uses the socket.)
     *
     * @param pemFile certificates in PEM form, one or more; null: those of the Java runtime
     * @throws IOException if the file cannot be read or holds no certificate; the message names it
     */
    public static SSLSocketFactory socketFactory(Path pemFile) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {withValidity(trustManagers(pemFile))}, null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IOException(pemFile + ": expected certificates in PEM form: " + e.getMessage(), e);
        }
    }

    private static TrustManagerFactory trustManagers(Path pemFile) throws IOException, GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(pemFile == null ? null : keyStore(pemFile));
        return factory;
    }

    private static X509ExtendedTrustManager withValidity(TrustManagerFactory factory) throws GeneralSecurityException {
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager x509) {
                return new ValidCertificates(x509);
            }
        }
        throw new GeneralSecurityException("this Java runtime has no X.509 trust manager");
    }

    private static KeyStore keyStore(Path pemFile) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(pemFile)) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (certificates.isEmpty()) {
                throw new IOException(pemFile + ": holds no certificate; expected PEM form");
            }
            int number = 0;
            for (Certificate certificate : certificates) {
                store.setCertificateEntry("trusted-" + number++, certificate);
            }
        }
        return store;
    }
}
