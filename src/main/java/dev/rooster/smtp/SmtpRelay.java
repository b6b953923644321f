package dev.rooster.smtp;

import dev.rooster.mail.SmtpCommand;
import dev.rooster.mail.SmtpReply;
import dev.rooster.mail.relay.Relay;
import dev.rooster.mail.relay.RelaySession;
import dev.rooster.mail.relay.RelayUnavailable;
import dev.rooster.mail.relay.RelayUnavailable.Kind;
import dev.rooster.oauth.AccessTokens;
import dev.rooster.oauth.TokenUnavailable;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * A relay as the settings describe it. Thread-safe; each session belongs to one thread at a time. Close it when its
 * sessions are closed.
 */
public final class SmtpRelay implements Relay, AutoCloseable {
    private static final long LOOK_EVERY_MILLIS_MAX = 1_000;

    private final RelaySettings settings;
    private final InstantSource clock;
    private final AccessTokens tokens;
    private SSLSocketFactory trusted;
    private StalledWrites stalledWrites;

    /** @param clock measures the lifetime of connections; timeouts run on the machine's own clock */
    public SmtpRelay(RelaySettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.tokens = settings.login() == null || settings.login().oauth() == null
                ? null
                : new AccessTokens(settings.login().oauth(), clock);
    }

    public RelaySettings settings() {
        return settings;
    }

    @Override
    public String name() {
        return settings.name();
    }

    /** Whether every address of the host is this machine's own; an unknown host is not. */
    @Override
    public boolean loopback() {
        try {
            return Arrays.stream(InetAddress.getAllByName(settings.host())).allMatch(InetAddress::isLoopbackAddress);
        } catch (UnknownHostException e) {
            return false;
        }
    }

    @Override
    public RelaySession connect() throws RelayUnavailable {
        return connectInOrder().session();
    }

    /** A session and what the relay said it can do. @param tls the version of TLS; null: the connection is not protected */
    record Connected(SmtpSession session, Capabilities capabilities, String tls) {}

    Connected connectInOrder() throws RelayUnavailable {
        if (settings.login() != null && settings.tls() == RelaySettings.Tls.NONE && !loopback()) {
            throw new RelayUnavailable(
                    Kind.TLS,
                    SmtpCommand.AUTH,
                    null,
                    "a login needs TLS, except for a relay on this machine: a password is never sent in clear",
                    null);
        }
        if (tokens == null) {
            return shake(settings);
        }
        String token = token();
        try {
            return shake(settings.withLogin(settings.login().with(token)));
        } catch (RelayUnavailable e) {
            if (e.kind() != Kind.AUTH || e.reply() == null || e.reply().firstDigit() == 4) {
                throw e;
            }
            // Revoked or ended before its time: a fresh one decides whether it was that.
            tokens.refused(token);
            return shake(settings.withLogin(settings.login().with(token())));
        }
    }

    private String token() throws RelayUnavailable {
        try {
            return tokens.current();
        } catch (TokenUnavailable e) {
            throw new RelayUnavailable(Kind.AUTH, SmtpCommand.CONNECT, null, e.getMessage(), e);
        }
    }

    /** @param now the settings with the secret of this moment */
    private Connected shake(RelaySettings now) throws RelayUnavailable {
        NodelaySockets sockets = new NodelaySockets(trusted());
        Handshake handshake = new Handshake(now, sockets);
        try {
            handshake.shake();
            Wire wire = new Wire(sockets.plain(), sockets.outermost());
            watch().watch(wire);
            Capabilities capabilities = handshake.capabilities();
            return new Connected(
                    new SmtpSession(wire, capabilities, settings, clock),
                    capabilities,
                    sockets.outermost() instanceof SSLSocket protectedSocket
                            ? protectedSocket.getSession().getProtocol()
                            : null);
        } catch (MessagingException | IOException e) {
            closeQuietly(sockets);
            throw unavailable(handshake, sockets, e, now.login());
        }
    }

    private synchronized SSLSocketFactory trusted() throws RelayUnavailable {
        if (trusted == null) {
            try {
                trusted = TrustedCertificates.socketFactory(settings.trustedCertificates());
            } catch (IOException e) {
                throw new RelayUnavailable(Kind.TLS, SmtpCommand.CONNECT, null, e.toString(), e);
            }
        }
        return trusted;
    }

    private synchronized StalledWrites watch() {
        if (stalledWrites == null) {
            long block = settings.timeouts().block().toMillis();
            stalledWrites =
                    new StalledWrites(settings.name(), Math.max(10, Math.min(LOOK_EVERY_MILLIS_MAX, block / 4)));
        }
        return stalledWrites;
    }

    private static void closeQuietly(NodelaySockets sockets) {
        if (sockets.plain() != null) {
            try {
                sockets.plain().close();
            } catch (IOException e) {
                // It is of no use either way.
            }
        }
    }

    private RelayUnavailable unavailable(Handshake handshake, NodelaySockets sockets, Exception e, RelayLogin login) {
        SmtpCommand at = handshake.step();
        SmtpReply reply = refusal(handshake, login);
        boolean connected = sockets.plain() != null && sockets.plain().isConnected();
        Kind kind = kind(at, connected, e);
        boolean unknownHost = has(e, UnknownHostException.class);
        String what = unknownHost
                ? "Unknown SMTP host: " + settings.host()
                : reply == null || kind == Kind.TIMEOUT ? cause(e) : reply.toString();
        // The library's own exception is not passed on: some relays repeat the password in their answer.
        return new RelayUnavailable(kind, at, reply, withoutSecrets(what, login), null);
    }

    private static Kind kind(SmtpCommand at, boolean connected, Exception e) {
        if (has(e, SocketTimeoutException.class)) {
            return Kind.TIMEOUT;
        }
        if (has(e, SSLException.class)
                || at == SmtpCommand.STARTTLS
                || String.valueOf(e.getMessage()).startsWith("STARTTLS is required")) {
            return Kind.TLS;
        }
        if (e instanceof AuthenticationFailedException || at == SmtpCommand.AUTH) {
            return Kind.AUTH;
        }
        return connected ? Kind.GREETING : Kind.CONNECT;
    }

    private static boolean has(Throwable e, Class<? extends Throwable> type) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (type.isInstance(t)) {
                return true;
            }
        }
        return false;
    }

    private static String cause(Throwable e) {
        Throwable innermost = e;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        return innermost.getMessage() == null ? innermost.getClass().getSimpleName() : innermost.getMessage();
    }

    /** What the relay said last, if it was a refusal; else null. */
    private static SmtpReply refusal(Handshake handshake, RelayLogin login) {
        String said = handshake.getLastServerResponse();
        if (said == null || said.isBlank()) {
            return null;
        }
        try {
            SmtpReply reply = SmtpReply.parse(withoutSecrets(said, login));
            if (reply.code() == 334) {
                // XOAUTH2 refuses with a challenge that holds the reason in base64.
                byte[] reason = Base64.getDecoder().decode(reply.text());
                return new SmtpReply(535, null, new String(reason, StandardCharsets.UTF_8));
            }
            return reply.firstDigit() >= 4 ? reply : null;
        } catch (IllegalArgumentException notAReply) {
            return null;
        }
    }

    private static String withoutSecrets(String text, RelayLogin login) {
        if (login == null || text == null) {
            return text;
        }
        String user = login.username();
        String secret = login.secret();
        String cleaned = text.replace(secret, "***");
        for (String sent : new String[] {secret, user + "\0" + user + "\0" + secret, "\0" + user + "\0" + secret}) {
            cleaned = cleaned.replace(Base64.getEncoder().encodeToString(sent.getBytes(StandardCharsets.UTF_8)), "***");
        }
        return cleaned;
    }

    @Override
    public synchronized void close() {
        if (stalledWrites != null) {
            stalledWrites.close();
            stalledWrites = null;
        }
    }
}
