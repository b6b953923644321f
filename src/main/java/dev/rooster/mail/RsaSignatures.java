package dev.rooster.mail;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * Who makes RSA signatures: the Amazon Corretto Crypto Provider where its jar lies among the libraries and fits the machine (it is
 * native, and about three times as fast), else the Java platform. Thread-safe.
 */
public final class RsaSignatures {
    private static final String ALGORITHM = "SHA256withRSA";
    private static final String NATIVE_CLASS = "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";
    private static final Provider PROVIDER = provider();

    private RsaSignatures() {}

    static Signature sha256() throws GeneralSecurityException {
        return Signature.getInstance(ALGORITHM, PROVIDER);
    }

    /** The same key in the form that signing takes least time with. */
    static PrivateKey keyFor(PrivateKey key) {
        try {
            return (PrivateKey) KeyFactory.getInstance("RSA", PROVIDER).translateKey(key);
        } catch (GeneralSecurityException e) {
            return key; // whoever signs takes it as it is
        }
    }

    /** The name of whoever makes them. */
    public static String providerName() {
        return PROVIDER.getName();
    }

    private static Provider provider() {
        try {
            for (ServiceLoader.Provider<Provider> found : ServiceLoader.load(Provider.class).stream()
                    .filter(candidate -> candidate.type().getName().equals(NATIVE_CLASS))
                    .toList()) {
                Provider made = found.get();
                if (made.getService("Signature", ALGORITHM) != null) {
                    return made;
                }
            }
        } catch (ServiceConfigurationError | LinkageError e) {
            // a jar for another machine: the platform's own does it too
        }
        return Security.getProviders("Signature." + ALGORITHM)[0];
    }
}
