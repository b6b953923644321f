package dev.rooster.cli;

import picocli.CommandLine.Command;

/** Import, export, find and change subscribers. */
@Command(
        name = "subscriber",
        mixinStandardHelpOptions = true,
        subcommands = {
            SubscriberImportCommand.class,
            SubscriberExportCommand.class,
            SubscriberAddCommand.class,
            SubscriberShowCommand.class,
            SubscriberUnsubscribeCommand.class,
            SubscriberEraseCommand.class,
        })
final class SubscriberCommand {}
