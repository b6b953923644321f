package dev.rooster.delivery;

/** The database's id of an {@linkplain Edition edition}; never printed in a mail (see {@link Edition#publicId}). */
public record EditionId(long value) {}
