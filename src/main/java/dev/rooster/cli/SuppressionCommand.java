package dev.rooster.cli;

import picocli.CommandLine.Command;

/** Addresses that must never be mailed. */
@Command(
        name = "suppression",
        mixinStandardHelpOptions = true,
        subcommands = {})
final class SuppressionCommand {}
