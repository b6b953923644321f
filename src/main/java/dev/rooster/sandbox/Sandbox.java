package dev.rooster.sandbox;

import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.rooster.mail.SmtpCommand;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * A small world of mail on loopback for the demo: a relay that takes mail, refuses one address, is busy for another, and sends
 * a bounce for a third into a bounce mailbox. Nothing leaves the machine. Thread-safe.
 */
public final class Sandbox implements AutoCloseable {
    /** Refused at once: there is no such user. */
    public static final String NOBODY = "nobody@sandbox.test";
    /** Deferred at the first try, as greylisting does. */
    public static final String BUSY = "busy@sandbox.test";
    /** Accepted, and returned later: the mailbox is full. */
    public static final String FULL = "full@sandbox.test";

    public static final String BOUNCE_USER = "bounces@sandbox.test";
    public static final String BOUNCE_PASSWORD = "sandbox";
    private static final int MAILS_MAX = 10_000;

    private final ScriptedSmtpPeer relay;
    private final GreenMail mailbox;
    private final GreenMailUser bounces;
    private final List<CaughtMail> mails = new ArrayList<>();

    private Sandbox() throws IOException {
        mailbox = new GreenMail(new ServerSetup[] {
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP),
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_POP3)
        });
        mailbox.start();
        try {
            bounces = mailbox.getUserManager().createUser(BOUNCE_USER, BOUNCE_USER, BOUNCE_PASSWORD);
        } catch (UserException e) {
            throw new IllegalStateException(e);
        }
        PeerScript script = PeerScript.polite()
                .withRules(
                        PeerRule.at(SmtpCommand.RCPT).to(NOBODY).say("550 5.1.1 <" + NOBODY + "> User unknown"),
                        PeerRule.at(SmtpCommand.RCPT)
                                .to(BUSY)
                                .first(1)
                                .say("451 4.7.1 Greylisted, please come back later"));
        relay = ScriptedSmtpPeer.start(script, 0, this::take);
    }

    public static Sandbox start() throws IOException {
        return new Sandbox();
    }

    public int relayPort() {
        return relay.port();
    }

    public int imapPort() {
        return mailbox.getImap().getPort();
    }

    /** Everything that was taken so far, in order. */
    public List<CaughtMail> mails() {
        synchronized (mails) {
            return List.copyOf(mails);
        }
    }

    public Optional<CaughtMail> find(int number) {
        synchronized (mails) {
            return number >= 1 && number <= mails.size() ? Optional.of(mails.get(number - 1)) : Optional.empty();
        }
    }

    private void take(PeerMessage message) {
        CaughtMail mail;
        synchronized (mails) {
            if (mails.size() >= MAILS_MAX) {
                return;
            }
            mail = new CaughtMail(mails.size() + 1, message);
            mails.add(mail);
        }
        if (FULL.equalsIgnoreCase(mail.recipient()) && !mail.sender().isEmpty()) {
            returnToSender(mail);
        }
    }

    /** Writes a delivery status notification (RFC 3464) into the bounce mailbox, as the mail system of a full mailbox does. */
    private void returnToSender(CaughtMail mail) {
        String report = """
                Return-Path: <>
                From: Mail Delivery System <MAILER-DAEMON@sandbox.test>
                To: <%1$s>
                Subject: Undelivered Mail Returned to Sender
                Auto-Submitted: auto-replied
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=delivery-status; boundary="sandbox-report"

                --sandbox-report
                Content-Type: text/plain; charset=us-ascii

                Your message to %2$s could not be delivered: the mailbox is full.

                --sandbox-report
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mx.sandbox.test

                Final-Recipient: rfc822; %2$s
                Action: failed
                Status: 5.2.2
                Diagnostic-Code: smtp; 552 5.2.2 Mailbox full

                --sandbox-report
                Content-Type: text/rfc822-headers

                Message-ID: %3$s

                --sandbox-report--
                """.formatted(mail.sender(), mail.recipient(), mail.header("Message-ID"));
        try {
            bounces.deliver(new MimeMessage(
                    Session.getInstance(new Properties()),
                    new ByteArrayInputStream(report.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII))));
        } catch (MessagingException e) {
            throw new IllegalStateException("the sandbox could not return a mail", e);
        }
    }

    /** How many mails lie in the bounce mailbox. */
    public int bouncesWaiting() {
        try {
            return mailbox.getManagers().getImapHostManager().getInbox(bounces).getMessageCount();
        } catch (FolderException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        relay.close();
        mailbox.stop();
    }
}
