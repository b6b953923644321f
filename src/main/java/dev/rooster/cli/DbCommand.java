package dev.rooster.cli;

import picocli.CommandLine.Command;

/** Migrate, back up, restore and move the database. */
@Command(
        name = "db",
        mixinStandardHelpOptions = true,
        subcommands = {
            DbMigrateCommand.class,
            DbBackupCommand.class,
            DbRestoreCommand.class,
            DbTakeOverCommand.class,
            DbJoinCommand.class,
            DbMoveCommand.class,
        })
final class DbCommand {}
