package dev.rooster.inbox;

import dev.rooster.inbox.MailboxSettings.Tls;
import dev.rooster.inbox.MailboxUnavailable.Kind;
import dev.rooster.oauth.AccessTokens;
import dev.rooster.oauth.TokenUnavailable;
import dev.rooster.smtp.TrustedCertificates;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.FolderNotFoundException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Properties;
import javax.net.ssl.SSLException;

/**
 * Connects to one mailbox and logs in: protected as the settings ask, a secret never in clear. It keeps the access token between
 * connections, so there is one for each mailbox. Thread-safe.
 */
public final class MailboxConnection {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final MailboxSettings settings;
    private final AccessTokens tokens;

    /** @param clock tells when an access token ends */
    public MailboxConnection(MailboxSettings settings, InstantSource clock) {
        this.settings = settings;
        this.tokens = settings.login() instanceof MailboxLogin.Refreshed refreshed
                ? new AccessTokens(refreshed.oauth(), clock)
                : null;
    }

    MailboxSettings settings() {
        return settings;
    }

    /** A store that is logged in; the caller closes it. */
    Store open() throws MailboxUnavailable, MessagingException {
        if (settings.tls() == Tls.NONE && !isLoopback(settings.host())) {
            throw new MailboxUnavailable(Kind.TLS, "a password is never sent in clear, except to this machine");
        }
        if (settings.login() instanceof MailboxLogin.Password password) {
            return connect(password.secret());
        }
        if (settings.login() instanceof MailboxLogin.AccessToken token) {
            return connect(token.secret());
        }
        String token = token();
        try {
            return connect(token);
        } catch (AuthenticationFailedException e) {
            // Revoked or ended before its time: a fresh one decides whether it was that.
            tokens.refused(token);
            return connect(token());
        }
    }

    private String token() throws MailboxUnavailable {
        try {
            return tokens.current();
        } catch (TokenUnavailable e) {
            throw new MailboxUnavailable(Kind.TOKEN, e.getMessage());
        }
    }

    private Store connect(String secret) throws MailboxUnavailable, MessagingException {
        Store store = session().getStore(protocol());
        try {
            store.connect(settings.host(), settings.port(), settings.username(), secret);
            return store;
        } catch (MessagingException e) {
            store.close();
            throw e;
        }
    }

    private String protocol() {
        return settings.protocol().name().toLowerCase(Locale.ROOT);
    }

    private Session session() throws MailboxUnavailable {
        String prefix = "mail." + protocol() + ".";
        Properties properties = new Properties();
        properties.put(prefix + "ssl.enable", settings.tls() == Tls.IMPLICIT ? "true" : "false");
        properties.put(prefix + "starttls.required", settings.tls() == Tls.STARTTLS ? "true" : "false");
        properties.put(prefix + "starttls.enable", settings.tls() == Tls.STARTTLS ? "true" : "false");
        properties.put(prefix + "ssl.checkserveridentity", "true");
        properties.put(prefix + "connectiontimeout", Long.toString(TIMEOUT.toMillis()));
        properties.put(prefix + "timeout", Long.toString(TIMEOUT.toMillis()));
        properties.put(prefix + "writetimeout", Long.toString(TIMEOUT.toMillis()));
        // Reading must not mark a mail as seen: it may still be one for people.
        properties.put("mail.imap.peek", "true");
        properties.put("mail.imap.fetchsize", "262144");
        properties.put("mail.pop3.filecache.enable", "true");
        if (!(settings.login() instanceof MailboxLogin.Password)) {
            properties.put(prefix + "auth.mechanisms", "XOAUTH2");
        }
        try {
            properties.put(
                    prefix + "ssl.socketFactory", TrustedCertificates.socketFactory(settings.trustedCertificates()));
            properties.put(prefix + "ssl.socketFactory.fallback", "false");
        } catch (IOException e) {
            throw new MailboxUnavailable(Kind.TLS, e.toString());
        }
        return Session.getInstance(properties);
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** What went wrong, for operators; holds no secret. */
    MailboxUnavailable unavailable(MessagingException e) {
        Throwable root = e;
        boolean tls = false;
        for (Throwable t = e; t != null; t = t.getCause()) {
            tls |= t instanceof SSLException;
            root = t;
        }
        String words = withoutSecret(root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage());
        if (e instanceof AuthenticationFailedException) {
            return new MailboxUnavailable(Kind.LOGIN, words);
        }
        if (e instanceof FolderNotFoundException) {
            return new MailboxUnavailable(Kind.FOLDER, words);
        }
        if (tls || words.contains("STARTTLS")) {
            return new MailboxUnavailable(Kind.TLS, words);
        }
        boolean connecting = root instanceof ConnectException || root instanceof UnknownHostException;
        return new MailboxUnavailable(connecting ? Kind.CONNECT : Kind.BROKEN, words);
    }

    private String withoutSecret(String words) {
        if (settings.login() instanceof MailboxLogin.Password password) {
            return words.replace(password.secret(), "***");
        }
        return settings.login() instanceof MailboxLogin.AccessToken token
                ? words.replace(token.secret(), "***")
                : words;
    }
}
