package dev.rooster.issue;

/**
 * A related article of a topic.
 *
 * @param url absolute; "" when the writer gave none
 * @param source who published it, plain text; "" when the writer gave none
 */
public record RelatedLink(RichText title, String url, String source) {}
