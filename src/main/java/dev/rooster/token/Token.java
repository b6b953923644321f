package dev.rooster.token;

/**
 * What an opened token says. The ids are public ids (random, never reused), not row ids; see {@link Purpose} for what
 * each purpose puts where.
 *
 * @param newsletter 0 for the purposes that carry none
 * @param edition 0 for none
 * @param subscriber 0 for none
 */
public record Token(Purpose purpose, long newsletter, long edition, long subscriber) {}
