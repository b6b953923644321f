package dev.rooster.cli;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints a script that teaches bash and zsh to complete commands, options and their values. */
@Command(name = "completion", mixinStandardHelpOptions = true)
@CommandKind(CommandKind.Where.HERE)
final class CompletionCommand extends RoosterCommand {
    @Spec
    private CommandSpec spec;

    @Override
    protected int run(Session session) {
        CommandLine root = spec.root().commandLine();
        session.console().println(AutoComplete.bash(root.getCommandName(), root));
        return Exit.DONE;
    }
}
