package dev.rooster.mail;

import dev.rooster.language.Language;
import dev.rooster.language.Messages;
import java.util.Locale;

/** Why a text is not an e-mail address that Rooster mails to. */
public enum AddressProblem {
    EMPTY,
    /** Longer than 254 octets: no path of SMTP could carry it (RFC 5321 §4.5.3.1.3). */
    TOO_LONG,
    CONTROL_CHARACTER,
    WHITE_SPACE,
    /** {@code Name <address>}: only the address is wanted. */
    DISPLAY_NAME,
    NO_AT,
    SEVERAL_ATS,
    LOCAL_EMPTY,
    /** More than 64 octets before the @ (RFC 5321 §4.5.3.1.1). */
    LOCAL_TOO_LONG,
    /** A dot first, last, or twice in a row before the @ (RFC 5321 §4.1.2, Dot-string). */
    LOCAL_DOTS,
    /** {@code "quoted"@…}: legal in RFC 5321, but no mailbox anyone signs up with. */
    LOCAL_QUOTED,
    LOCAL_CHARACTER,
    DOMAIN_EMPTY,
    /** More than 255 octets, or a label of more than 63 (RFC 5321 §4.5.3.1.2, RFC 1035 §2.3.4). */
    DOMAIN_TOO_LONG,
    /** {@code user@[192.0.2.1]}. */
    DOMAIN_LITERAL,
    /** No dot, as in {@code user@naver}; {@code localhost} alone is accepted, for trials on one machine. */
    DOMAIN_WITHOUT_DOT,
    /** An empty label, as in {@code user@naver..com}, or a dot first or last. */
    DOMAIN_DOTS,
    DOMAIN_CHARACTER,
    /** A label that begins or ends with a hyphen (RFC 1123 §2.1). */
    DOMAIN_HYPHEN,
    /** The last label is a number, as in {@code user@10.0.0.1}. */
    DOMAIN_NUMERIC;

    /** The key of the text in this package's message bundles; its argument {@code {0}} is what was found. */
    public String key() {
        return "address." + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What is wrong and how to mend it, for the person who gave the text; it shows the text, so it is not for a log. */
    public String text(Language language, String found) {
        return Messages.of(AddressProblem.class, language).text(key(), found);
    }
}
