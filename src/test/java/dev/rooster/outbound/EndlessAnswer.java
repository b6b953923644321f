package dev.rooster.outbound;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A server whose answer begins well and never ends. */
final class EndlessAnswer implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());

    EndlessAnswer() throws IOException {
        Thread thread = new Thread(this::answer, "endless-answer");
        thread.setDaemon(true);
        thread.start();
    }

    private void answer() {
        byte[] piece = new byte[8_192];
        try (Socket client = server.accept()) {
            client.getInputStream().read(piece);
            client.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            while (!server.isClosed()) {
                client.getOutputStream().write(piece); // until the other end hangs up
            }
        } catch (IOException e) {
            // the other end hung up, as it should
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
