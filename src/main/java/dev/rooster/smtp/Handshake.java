package dev.rooster.smtp;

import dev.rooster.mail.SmtpCommand;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * Jakarta Mail's SMTP transport, used for what it does well: connecting, EHLO, STARTTLS and AUTH. Its path for messages
 * is not used: it scans, copies and waits several times a message. After {@link #connect()} the session speaks on the
 * socket itself. This class adds what the library leaves open: passwords never in clear, a failed second EHLO is not
 * passed over, and it remembers which step failed.
 */
final class Handshake extends SMTPTransport {
    private final RelaySettings settings;
    private final NodelaySockets sockets;
    private SmtpCommand step = SmtpCommand.CONNECT;

    Handshake(RelaySettings settings, NodelaySockets sockets) {
        super(session(settings, sockets), null, "smtp", settings.tls() == RelaySettings.Tls.IMPLICIT);
        this.settings = settings;
        this.sockets = sockets;
    }

    private static Session session(RelaySettings settings, NodelaySockets sockets) {
        Properties properties = new Properties();
        properties.put("mail.smtp.socketFactory", sockets.plainFactory());
        properties.put("mail.smtp.ssl.socketFactory", sockets.tlsFactory());
        properties.put("mail.smtp.socketFactory.fallback", "false");
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.starttls.required", settings.tls() == RelaySettings.Tls.STARTTLS ? "true" : "false");
        RelayTimeouts timeouts = settings.timeouts();
        properties.put(
                "mail.smtp.connectiontimeout", Long.toString(timeouts.connect().toMillis()));
        properties.put("mail.smtp.timeout", Long.toString(timeouts.command().toMillis()));
        properties.put("mail.smtp.quitwait", "false");
        if (settings.login() != null) {
            properties.put(
                    "mail.smtp.auth.mechanisms", settings.login().mechanism().names());
        }
        return Session.getInstance(properties);
    }

    /** Connects, greets, protects and authenticates; on an exception nothing stays open. */
    void shake() throws MessagingException {
        RelayLogin login = settings.login();
        if (login == null) {
            connect(settings.host(), settings.port(), null, null);
            return;
        }
        connect(settings.host(), settings.port(), login.username(), login.secret());
        if (step != SmtpCommand.AUTH) {
            step = SmtpCommand.AUTH;
            throw new MessagingException("the relay offers no authentication, but a login is configured");
        }
    }

    /** The step that was being done, or done last. */
    SmtpCommand step() {
        return step;
    }

    /** Whether EHLO, the last one, offered this. */
    Capabilities capabilities() {
        return new Capabilities(
                supportsExtension("PIPELINING"),
                supportsExtension("DSN"),
                supportsExtension("SIZE"),
                Capabilities.messageBytesMax(getExtensionParameter("SIZE")),
                supportsExtension("8BITMIME"),
                supportsExtension("SMTPUTF8"));
    }

    @Override
    protected boolean ehlo(String domain) throws MessagingException {
        boolean upgraded = step == SmtpCommand.STARTTLS;
        step = SmtpCommand.EHLO;
        boolean accepted = super.ehlo(domain);
        if (upgraded && !accepted) {
            // RFC 3207 §4.2: what was offered before TLS is forgotten; the library would go on with it.
            throw new MessagingException(getLastServerResponse());
        }
        return accepted;
    }

    @Override
    protected void startTLS() throws MessagingException {
        step = SmtpCommand.STARTTLS;
        super.startTLS();
    }

    @Override
    public synchronized int simpleCommand(String command) throws MessagingException {
        if (command.startsWith("AUTH ")) {
            step = SmtpCommand.AUTH;
            if (!sockets.isProtected() && !sockets.plain().getInetAddress().isLoopbackAddress()) {
                throw new MessagingException("a password is never sent over an unprotected connection");
            }
        }
        return super.simpleCommand(command);
    }

    /** RFC 5321 §4.1.4: a fully qualified name, or else an address literal. */
    @Override
    public synchronized String getLocalHost() {
        if (settings.helo() != null) {
            return settings.helo();
        }
        try {
            String name = InetAddress.getLocalHost().getCanonicalHostName().toLowerCase(Locale.ROOT);
            if (name.contains(".") && name.chars().anyMatch(Character::isLetter)) {
                return name;
            }
        } catch (UnknownHostException hasNoName) {
            // then the address has to do
        }
        InetAddress local = sockets.plain().getLocalAddress();
        String address = local.getHostAddress();
        int zone = address.indexOf('%');
        return local instanceof Inet6Address
                ? "[IPv6:" + (zone < 0 ? address : address.substring(0, zone)) + "]"
                : "[" + address + "]";
    }

    /**
     * Does nothing. The library's closes the socket as soon as nobody refers to this object any more, which is right
     * after the handshake: the session needs the socket alone, and would lose it in the middle of a message.
     */
    @Override
    @SuppressWarnings({"deprecation", "removal"})
    protected void finalize() {}
}
