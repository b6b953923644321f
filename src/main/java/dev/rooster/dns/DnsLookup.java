package dev.rooster.dns;

/** Asks the DNS. Implementations answer within a bounded time and never throw for what the network does. */
public interface DnsLookup {

    /** What is asked for. */
    enum Type {
        TXT,
        /** Mail exchangers, the most preferred first; "." alone says that no mail is taken (RFC 7505). */
        MX,
        /** A and AAAA. */
        ADDRESS
    }

    /** @param name a host name in ASCII, without a dot at its end */
    DnsAnswer find(String name, Type type);
}
