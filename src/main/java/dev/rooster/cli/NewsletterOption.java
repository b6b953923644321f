package dev.rooster.cli;

import picocli.CommandLine.Option;

/** Mix into commands about one newsletter: {@code @Mixin NewsletterOption newsletter}. Not needed where there is one. */
final class NewsletterOption {
    @Option(names = "--newsletter", paramLabel = "NAME", descriptionKey = "option.newsletter")
    String name;
}
