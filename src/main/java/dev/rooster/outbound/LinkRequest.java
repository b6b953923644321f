package dev.rooster.outbound;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** One request to one address, of whose answer only the head is read (RFC 9112). The connection is closed behind it. */
final class LinkRequest {
    private static final int HEAD_BYTES_MAX = 16_384;
    private static final Pattern STATUS = Pattern.compile("HTTP/\\d\\.\\d (\\d{3})\\b.*");
    private static final Pattern LOCATION = Pattern.compile("(?im)^Location:[ \\t]*(\\S+)[ \\t]*$");

    private final URI link;
    private final InetAddress address;
    private final int stepMillis;
    private final long deadlineNanos;

    LinkRequest(URI link, InetAddress address, int stepMillis, long deadlineNanos) {
        this.link = link;
        this.address = address;
        this.stepMillis = stepMillis;
        this.deadlineNanos = deadlineNanos;
    }

    /**
     * What came back.
     *
     * @param location of a redirect, as it was written; empty: none
     */
    record Head(int status, Optional<String> location) {}

    /**
     * Asks.
     *
     * @throws javax.net.ssl.SSLException when the other end can't be trusted
     * @throws SocketTimeoutException when it takes too long
     */
    Head send(String method) throws IOException {
        boolean secure = "https".equalsIgnoreCase(link.getScheme());
        int port = link.getPort() >= 0 ? link.getPort() : secure ? 443 : 80;
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(address, port), timeLeftMillis());
            plain.setSoTimeout(timeLeftMillis());
            Socket socket = secure ? protectedBy(plain, port) : plain;
            OutputStream out = socket.getOutputStream();
            out.write(request(method).getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return head(socket);
        }
    }

    private SSLSocket protectedBy(Socket plain, int port) throws IOException {
        SSLSocket socket = (SSLSocket)
                ((SSLSocketFactory) SSLSocketFactory.getDefault()).createSocket(plain, link.getHost(), port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private String request(String method) {
        String path = link.getRawPath() == null || link.getRawPath().isEmpty() ? "/" : link.getRawPath();
        String query = link.getRawQuery() == null ? "" : "?" + link.getRawQuery();
        String port = link.getPort() < 0 ? "" : ":" + link.getPort();
        return method + " " + path + query + " HTTP/1.1\r\n"
                + "Host: " + link.getHost() + port + "\r\n"
                + "User-Agent: Mozilla/5.0 (compatible; Rooster link check)\r\n"
                + "Accept: */*\r\n"
                + "Connection: close\r\n\r\n";
    }

    private Head head(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        byte[] piece = new byte[2_048];
        String text = "";
        while (!text.contains("\r\n\r\n") && !text.contains("\n\n") && read.size() < HEAD_BYTES_MAX) {
            socket.setSoTimeout(timeLeftMillis());
            int octets = in.read(piece);
            if (octets < 0) {
                break;
            }
            read.write(piece, 0, octets);
            text = read.toString(StandardCharsets.ISO_8859_1);
        }
        Matcher status = STATUS.matcher(text.lines().findFirst().orElse(""));
        if (!status.matches()) {
            throw new IOException("no HTTP answer");
        }
        Matcher location = LOCATION.matcher(text);
        return new Head(
                Integer.parseInt(status.group(1)), location.find() ? Optional.of(location.group(1)) : Optional.empty());
    }

    private int timeLeftMillis() throws SocketTimeoutException {
        long left = (deadlineNanos - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
            throw new SocketTimeoutException("no time left");
        }
        return (int) Math.min(stepMillis, left);
    }
}
