package dev.rooster.smtp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnknownHostException;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;

/**
 * Gives Jakarta Mail its sockets and keeps hold of them. Two things of the library's own sockets would hurt: it has no
 * setting for TCP_NODELAY, without which messages of some sizes wait 40 ms for the relay's delayed acknowledgement; and
 * it hides the socket, on whose stream we write envelopes and messages ourselves. One instance serves one connection.
 */
final class NodelaySockets {
    private final SSLSocketFactory trusted;
    private volatile Socket plain;
    private volatile Socket outermost;

    /** @param trusted makes TLS sockets that verify the relay's certificate chain */
    NodelaySockets(SSLSocketFactory trusted) {
        this.trusted = trusted;
    }

    /** The TCP socket: closing it unblocks whoever reads or writes, which closing a TLS socket does not. Null before. */
    Socket plain() {
        return plain;
    }

    /** The socket whose streams carry SMTP: the TLS socket once there is one. */
    Socket outermost() {
        return outermost;
    }

    boolean isProtected() {
        return outermost != plain;
    }

    SocketFactory plainFactory() {
        return new Plain();
    }

    /** Used both for implicit TLS and for the upgrade by STARTTLS: in both the library layers it over a TCP socket. */
    SSLSocketFactory tlsFactory() {
        return new Layered();
    }

    private void keepPlain(Socket socket) throws SocketException {
        socket.setTcpNoDelay(true);
        plain = socket;
        outermost = socket;
    }

    private final class Plain extends SocketFactory {
        @Override
        public Socket createSocket() throws IOException {
            Socket socket = new Socket();
            keepPlain(socket);
            return socket;
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw unused();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
            throw unused();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw unused();
        }

        @Override
        public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
            throw unused();
        }
    }

    private final class Layered extends SSLSocketFactory {
        @Override
        public Socket createSocket(Socket below, String host, int port, boolean autoClose) throws IOException {
            keepPlain(below);
            Socket tls = trusted.createSocket(below, host, port, autoClose);
            outermost = tls;
            return tls;
        }

        @Override
        public String[] getDefaultCipherSuites() {
            return trusted.getDefaultCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return trusted.getSupportedCipherSuites();
        }

        @Override
        public Socket createSocket(String host, int port) throws UnknownHostException {
            throw unused();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
            throw unused();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw unused();
        }

        @Override
        public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
            throw unused();
        }
    }

    private static UnsupportedOperationException unused() {
        return new UnsupportedOperationException("Jakarta Mail connects the socket itself, with a timeout");
    }
}
