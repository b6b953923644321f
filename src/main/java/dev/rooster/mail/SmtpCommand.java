package dev.rooster.mail;

/** The step of an SMTP conversation that a reply answers; CONNECT is the greeting, BODY the final dot. */
public enum SmtpCommand {
    CONNECT,
    EHLO,
    STARTTLS,
    AUTH,
    MAIL,
    RCPT,
    DATA,
    BODY,
    RSET,
    QUIT
}
