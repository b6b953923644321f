package dev.rooster.mail.event;

/** What a provider tells of one mail to one recipient. */
public enum EventKind {
    /** Given up. */
    BOUNCE,
    /** Not yet delivered, still being tried. */
    DELAYED,
    /** The receiving server took it. */
    DELIVERED,
    /** A person reported it as unwanted. */
    COMPLAINT,
    /** A machine answered for a person. */
    AUTOREPLY,
    /** A person refused further mails by the provider's own link. */
    UNSUBSCRIBED
}
