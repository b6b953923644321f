package dev.rooster.mail;

/**
 * How long the transfer-encoded bodies of a message are, in octets, without headers and boundaries. Gmail clips a mail
 * whose HTML is longer than about 102 KB, and the footer with it.
 *
 * @param htmlBytes 0 when there is no HTML part
 */
public record PartSizes(int textBytes, int htmlBytes) {}
