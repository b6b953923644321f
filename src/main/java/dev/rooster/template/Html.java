package dev.rooster.template;

/**
 * HTML that was made by this program from checked parts, to be placed between tags as it is. In a template it is written
 * {@code {{{name}}}}.
 */
public record Html(String source) {}
