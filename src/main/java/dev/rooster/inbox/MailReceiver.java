package dev.rooster.inbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.subethamail.smtp.server.SMTPServer;

/**
 * An SMTP server (RFC 5321) for those who point an MX or a transport at us. It takes mail for our return addresses only, relays
 * nothing, never sends anything, and says 250 only after the commit. Started once, closed once.
 */
public final class MailReceiver implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MailReceiver.class);
    private static final int RECIPIENTS_MAX = 100; // RFC 5321 §4.5.3.1.8
    /** Connections over the limit are still told so, in threads of their own. */
    private static final int THREADS_TO_REFUSE = 10;

    private static final Duration CLOSE_WAIT = Duration.ofSeconds(10);

    private final ReceiverSettings settings;
    private final SessionLifetimes lifetimes;
    private final SMTPServer server;

    /**
     * A receiver that is not started.
     *
     * @param ours whose mail is taken: what an address means to us, the same for all its spellings; empty: nobody's
     * @param people where mail goes that a person should read
     */
    public MailReceiver(
            ReceiverSettings settings, Function<String, Optional<String>> ours, MailTaker taker, MailForPeople people) {
        this(settings, settings.silence(), settings.lifetime(), ours, taker, people);
    }

    MailReceiver(
            ReceiverSettings settings,
            Duration silence,
            Duration lifetime,
            Function<String, Optional<String>> ours,
            MailTaker taker,
            MailForPeople people) {
        this.settings = settings;
        this.lifetimes = new SessionLifetimes(lifetime);
        SMTPServer.Builder builder = SMTPServer.port(settings.port())
                .softwareName("Rooster")
                .bindAddress(address(settings.host()))
                .serverSocketFactory(ServerSocket::new)
                .serverThreadName("rooster-receiver")
                .executorService(threads(settings.connections() + THREADS_TO_REFUSE))
                .maxConnections(settings.connections())
                .maxRecipients(RECIPIENTS_MAX)
                .maxMessageSize(settings.mailBytesMax())
                .connectionTimeoutMs((int) silence.toMillis())
                .insertReceivedHeaders(false)
                .fromAddressValidator(anySender -> true)
                .sessionHandler(lifetimes)
                .messageHandlerFactory(context -> new ReceiveMail(ours, taker, people, settings.mailBytesMax()));
        if (settings.name() != null) {
            builder.hostName(settings.name());
        }
        if (settings.certificate() != null) {
            ReceiverCertificate certificate = new ReceiverCertificate(settings.certificate(), settings.privateKey());
            builder.enableTLS().startTlsSocketFactory(socket -> protect(socket, certificate));
        }
        this.server = builder.build();
    }

    /** Begins to listen. @throws IOException if it can't, or the certificate can't be read; nothing is left open then */
    public void start() throws IOException {
        try {
            if (settings.certificate() != null) {
                new ReceiverCertificate(settings.certificate(), settings.privateKey()).context();
            }
            server.start();
        } catch (IOException | RuntimeException e) {
            lifetimes.close();
            throw e instanceof IOException io ? io : new IOException(e.getMessage(), e);
        }
    }

    /** Where it listens, once it is started. */
    public int port() {
        return server.getPortAllocated();
    }

    private static InetAddress address(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("host is " + host + "; expected an address of this machine", e);
        }
    }

    private static ExecutorService threads(int max) {
        AtomicInteger count = new AtomicInteger();
        return new ThreadPoolExecutor(0, max, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
            Thread thread = new Thread(work, "rooster-receiver-" + count.incrementAndGet());
            thread.setDaemon(true);
            // The library throws on what a client makes it stumble over, after it has answered and hung up.
            thread.setUncaughtExceptionHandler((which, e) -> LOG.debug("A connection ended: {}", e.toString()));
            return thread;
        });
    }

    private static SSLSocket protect(Socket socket, ReceiverCertificate certificate) throws IOException {
        SSLSocket protectedSocket = (SSLSocket) certificate
                .context()
                .getSocketFactory()
                .createSocket(socket, socket.getInetAddress().getHostAddress(), socket.getPort(), true);
        protectedSocket.setUseClientMode(false);
        return protectedSocket;
    }

    /** Hangs up on all clients and waits a few seconds for what is being committed. */
    @Override
    public void close() {
        lifetimes.close();
        Thread stop = new Thread(server::stop, "rooster-receiver-stop");
        stop.setDaemon(true);
        stop.start();
        try {
            stop.join(CLOSE_WAIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
