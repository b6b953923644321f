package dev.rooster.cli;

import picocli.CommandLine.Command;

/** Write, queue, preview, pause and resume issues. */
@Command(
        name = "issue",
        mixinStandardHelpOptions = true,
        subcommands = {
            IssueAddCommand.class,
            IssueListCommand.class,
            IssueShowCommand.class,
            IssuePreviewCommand.class,
            IssueTestCommand.class,
            IssueQueueCommand.class,
            IssueUnqueueCommand.class,
            IssuePauseCommand.class,
            IssueAmendCommand.class,
            IssueResumeCommand.class,
            IssueResendCommand.class,
            IssueCancelCommand.class,
        })
final class IssueCommand {}
