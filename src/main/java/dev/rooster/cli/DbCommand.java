package dev.rooster.cli;

import picocli.CommandLine.Command;

/** Migrate, back up and restore the database. */
@Command(
        name = "db",
        mixinStandardHelpOptions = true,
        subcommands = {
            DbMigrateCommand.class,
            DbBackupCommand.class,
            DbRestoreCommand.class,
            DbTakeOverCommand.class,
        })
final class DbCommand {}
