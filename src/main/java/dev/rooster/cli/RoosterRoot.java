package dev.rooster.cli;

import picocli.CommandLine.Command;

/** The root of all commands. */
@Command(
        name = "rooster",
        mixinStandardHelpOptions = true,
        versionProvider = RoosterRoot.Provider.class,
        subcommands = {
            DemoCommand.class,
            BenchCommand.class,
            InitCommand.class,
            ServeCommand.class,
            IssueCommand.class,
            ReportCommand.class,
            SendCommand.class,
            SubscriberCommand.class,
            SuppressionCommand.class,
            BounceCommand.class,
            SlotCommand.class,
            DbCommand.class,
            DoctorCommand.class,
            DrillCommand.class,
            CompletionCommand.class,
        },
        resourceBundle = "dev.rooster.cli.help")
final class RoosterRoot {
    static final class Provider implements picocli.CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"rooster " + Version.text()};
        }
    }
}
