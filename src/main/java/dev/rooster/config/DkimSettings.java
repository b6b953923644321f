package dev.rooster.config;

import java.nio.file.Path;

/**
 * What a newsletter's mails are signed with (RFC 6376).
 *
 * @param domain d=, the sender's domain or one above it
 * @param selector s=, under which the public key is published
 * @param key file of the private key, PEM, PKCS #8
 */
public record DkimSettings(String domain, String selector, Path key) {}
