package dev.rooster.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A self-signed certificate and its key for a server of the sandbox, made by the JDK's keytool.
 *
 * @param context for server sockets
 * @param pemFile the certificate alone: what a client has to trust
 * @param keyFile its private key, PKCS #8 in PEM
 */
public record ServerCertificate(SSLContext context, Path pemFile, Path keyFile) {
    private static final String PASSWORD = "sandbox-only";

    /** Valid for a day around now, for this host name; 127.0.0.1 is named too if the name is localhost. */
    public static ServerCertificate create(Path directory, String host) throws IOException {
        return create(directory, host, "-1H", 2);
    }

    /** Was valid for one day, last week. */
    public static ServerCertificate createExpired(Path directory, String host) throws IOException {
        return create(directory, host, "-7d", 1);
    }

    private static ServerCertificate create(Path directory, String host, String start, int days) throws IOException {
        Path store = Files.createTempFile(directory, "server", ".p12");
        Files.delete(store);
        String names = "san=dns:" + host + (host.equals("localhost") ? ",ip:127.0.0.1" : "");
        run(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + host,
                "-ext",
                names,
                "-startdate",
                start,
                "-validity",
                Integer.toString(days),
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD));
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            Path pem = Files.createTempFile(directory, "server", ".pem");
            Files.writeString(
                    pem, pem("CERTIFICATE", keys.getCertificate("server").getEncoded()));
            Path key = Files.createTempFile(directory, "server", ".key");
            Files.writeString(
                    key,
                    pem(
                            "PRIVATE KEY",
                            keys.getKey("server", PASSWORD.toCharArray()).getEncoded()));
            return new ServerCertificate(context, pem, key);
        } catch (GeneralSecurityException e) {
            throw new IOException("the key store made by keytool cannot be used", e);
        }
    }

    private static String pem(String what, byte[] encoded) {
        String body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(encoded);
        return "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n";
    }

    private static void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException("keytool failed: " + command.get(0));
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while keytool was running", e);
        }
    }
}
