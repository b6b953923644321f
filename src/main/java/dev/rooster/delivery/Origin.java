package dev.rooster.delivery;

/**
 * What a version's copies are named by, frozen with it: a try after the settings or the keys have changed says the same as the
 * one before. (The right side of a Message-ID is the domain of From, which stands in the version's headers.)
 *
 * @param tokenKey the id of the key that makes the tokens of Message-ID, envelope sender and links
 * @param bouncePrefix the letters before {@code +} in the envelope sender's local part
 * @param bounceDomain the envelope sender's domain
 */
public record Origin(int tokenKey, String bouncePrefix, String bounceDomain) {}
