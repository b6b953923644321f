package dev.rooster.smtp;

import java.util.ArrayList;
import java.util.List;

/**
 * What a relay offered in its last EHLO that matters for messages.
 *
 * @param pipelining RFC 2920: commands may be sent without waiting for each reply
 * @param dsn RFC 3461: notifications may be asked for
 * @param size RFC 1870: the size may be declared
 * @param messageBytesMax RFC 1870 §4: a longer message is never taken; {@link Long#MAX_VALUE}: no such limit was told
 * @param eightBitMime RFC 6152: bodies may hold octets over 127
 * @param smtpUtf8 RFC 6531: addresses and headers may be in UTF-8
 */
record Capabilities(
        boolean pipelining, boolean dsn, boolean size, long messageBytesMax, boolean eightBitMime, boolean smtpUtf8) {
    /** A limit as EHLO tells it. @param parameter what follows SIZE; null or empty: nothing. 0 means no limit */
    static long messageBytesMax(String parameter) {
        String text = parameter == null ? "" : parameter.strip();
        // at most 20 digits by the RFC; what is no number, or none that fits, limits nothing that we could send
        long told = text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
        return told == 0 ? Long.MAX_VALUE : told;
    }

    /** The names of what is offered, as EHLO writes them. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        if (pipelining) {
            names.add("PIPELINING");
        }
        if (size) {
            names.add(messageBytesMax == Long.MAX_VALUE ? "SIZE" : "SIZE " + messageBytesMax);
        }
        if (eightBitMime) {
            names.add("8BITMIME");
        }
        if (smtpUtf8) {
            names.add("SMTPUTF8");
        }
        if (dsn) {
            names.add("DSN");
        }
        return names;
    }
}
