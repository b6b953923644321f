package dev.rooster.inbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Looks from outside at a receiver that is set: whether it answers, and with what. Hands over no mail. */
public final class ReceiverProbe {
    private static final int LINES_MAX = 50;

    private final ReceiverSettings settings;
    private final int patienceMillis;

    /** @param patience for connecting and for each reply */
    public ReceiverProbe(ReceiverSettings settings, Duration patience) {
        this.settings = settings;
        this.patienceMillis = (int) patience.toMillis();
    }

    /**
     * What was heard.
     *
     * @param ours a receiver of Rooster answers, and not another server
     */
    public record Heard(boolean ours, boolean startTls) {}

    /** @throws IOException when nothing answers, or not as an SMTP server does */
    public Heard ask() throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host(), settings.port()), patienceMillis);
            socket.setSoTimeout(patienceMillis);
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            String greeting = reply(in, "220");
            say(socket, "EHLO localhost");
            boolean startTls =
                    reply(in, "250").lines().anyMatch(line -> line.substring(4).equals("STARTTLS"));
            say(socket, "QUIT");
            return new Heard(greeting.contains("Rooster"), startTls);
        }
    }

    /** The moment at which the certificate is no longer valid; empty: there is none. @throws IOException if it can't be read */
    public Optional<Instant> certificateUntil() throws IOException {
        if (settings.certificate() == null) {
            return Optional.empty();
        }
        new ReceiverCertificate(settings.certificate(), settings.privateKey()).context();
        try (var in = Files.newInputStream(settings.certificate())) {
            X509Certificate first =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            return Optional.of(first.getNotAfter().toInstant());
        } catch (CertificateException e) {
            throw new IOException(settings.certificate() + ": " + e.getMessage(), e);
        }
    }

    /** All addresses of a machine are reached at its own. */
    private String host() {
        return settings.host().equals("0.0.0.0") ? "127.0.0.1" : settings.host().equals("::") ? "::1" : settings.host();
    }

    private static void say(Socket socket, String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** All lines of a reply. */
    private static String reply(BufferedReader in, String code) throws IOException {
        StringBuilder reply = new StringBuilder();
        for (int lines = 0; lines < LINES_MAX; lines++) {
            String line = in.readLine();
            if (line == null || line.length() < 4 || !line.startsWith(code)) {
                throw new IOException("expected " + code + ", heard " + line);
            }
            reply.append(line).append('\n');
            if (line.charAt(3) == ' ') {
                return reply.toString();
            }
        }
        throw new IOException("a reply without end");
    }
}
