package dev.rooster.cli;

import picocli.CommandLine.Command;

/** Read and list what came back. */
@Command(
        name = "bounce",
        mixinStandardHelpOptions = true,
        subcommands = {
            BounceParseCommand.class,
            BounceCollectCommand.class,
            BounceImportCommand.class,
            BounceListCommand.class,
            BounceAnswerCommand.class
        })
final class BounceCommand {}
