package dev.rooster.cli;

import picocli.CommandLine.Option;

/** Mix into commands that make, list or report something: {@code @Mixin JsonOption json}. */
final class JsonOption {
    @Option(names = "--json", descriptionKey = "option.json")
    boolean asked;
}
