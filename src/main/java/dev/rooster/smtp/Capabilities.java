package dev.rooster.smtp;

/**
 * What a relay offered in its last EHLO that matters for messages.
 *
 * @param pipelining RFC 2920: commands may be sent without waiting for each reply
 * @param dsn RFC 3461: notifications may be asked for
 * @param size RFC 1870: the size may be declared
 * @param eightBitMime RFC 6152: bodies may hold octets over 127
 * @param smtpUtf8 RFC 6531: addresses and headers may be in UTF-8
 */
record Capabilities(boolean pipelining, boolean dsn, boolean size, boolean eightBitMime, boolean smtpUtf8) {}
