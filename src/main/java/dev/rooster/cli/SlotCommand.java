package dev.rooster.cli;

import picocli.CommandLine.Command;

/** See, skip and move the dates of sending. */
@Command(
        name = "slot",
        mixinStandardHelpOptions = true,
        subcommands = {
            SlotListCommand.class,
            SlotSkipCommand.class,
            SlotMoveCommand.class,
        })
final class SlotCommand {}
