package dev.rooster.cli;

import picocli.CommandLine.Command;

/** Addresses that must never be mailed. */
@Command(
        name = "suppression",
        mixinStandardHelpOptions = true,
        subcommands = {SuppressionAddCommand.class, SuppressionRemoveCommand.class, SuppressionListCommand.class})
final class SuppressionCommand {}
