package dev.rooster.mail.dsn;

/** Why a message was refused; a closed list, each with the verdict it usually carries. */
public enum Category {
    /** No such mailbox. Hard. */
    UNKNOWN_USER,
    /** No such domain, or one that takes no mail (RFC 7505). Hard. */
    UNKNOWN_HOST,
    /** The person has gone elsewhere. Hard. */
    MOVED,
    /** The mailbox is over its quota. Soft. */
    MAILBOX_FULL,
    /** The mailbox exists but is switched off: suspended, dormant, frozen. Soft. */
    DISABLED,
    /** The recipient, or a filter that acts for one, does not want this mail; the mailbox exists. Soft. */
    FILTERED,
    /** A rule of the receiving site. Sender's fault. */
    POLICY,
    /** SPF, DKIM, DMARC, reverse DNS, TLS or SMTP AUTH are wrong. Sender's fault. */
    AUTHENTICATION,
    /** A blocklist or the standing of our address or domain. Sender's fault. */
    REPUTATION,
    /** Too much, too fast. Sender's fault; a reason to slow down, not to stop. */
    RATE,
    /** Asked to come back later by a system that greets strangers so. Soft. */
    GREYLISTED,
    /** The message was taken for spam or malware, or breaks a standard. Sender's fault. */
    CONTENT,
    /** The message is too big. Sender's fault. */
    SIZE,
    /** The sender's own address was refused. Sender's fault. */
    SENDER,
    /** The receiving system could not be reached. Soft. */
    NETWORK,
    /** The receiving system is out of order. Soft. */
    SYSTEM,
    /** Tried until the time was up. Soft. */
    EXPIRED,
    /** A person pressed "this is spam". */
    COMPLAINT,
    /** No rule knows the text. Soft, if anything failed at all. */
    OTHER
}
