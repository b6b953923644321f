package dev.rooster.cli;

import picocli.CommandLine.Command;

/** Write, queue, preview, pause and resume issues. */
@Command(
        name = "issue",
        mixinStandardHelpOptions = true,
        subcommands = {})
final class IssueCommand {}
