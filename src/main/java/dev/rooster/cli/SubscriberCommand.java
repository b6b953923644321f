package dev.rooster.cli;

import picocli.CommandLine.Command;

/** Import, export, find and change subscribers. */
@Command(
        name = "subscriber",
        mixinStandardHelpOptions = true,
        subcommands = {})
final class SubscriberCommand {}
