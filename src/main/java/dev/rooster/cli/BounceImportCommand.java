package dev.rooster.cli;

import dev.rooster.bounce.Acted;
import dev.rooster.bounce.TakeReturnedMail;
import dev.rooster.bounce.TakenMail;
import dev.rooster.inbox.MailFiles;
import dev.rooster.inbox.MailForPeople;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * Takes returned mail from files, or one from standard input as a mail server's alias pipes it. From there nothing may be lost:
 * the exit code is 0 only once everything is committed, and otherwise 75, upon which the mail server tries again later.
 */
@Command(name = "import", mixinStandardHelpOptions = true)
final class BounceImportCommand extends RoosterCommand {
    private static final String STANDARD_INPUT = "-";

    @Parameters(arity = "1", paramLabel = "FILE|MBOX|MAILDIR|-", descriptionKey = "bounce.import.file")
    private String file;

    @Mixin
    private JsonOption json;

    private int mails;
    private int seenBefore;
    private int forPeople;
    private int suppressed;
    private int counted;

    @Override
    protected int run(Session session) {
        App app = session.app();
        TakeReturnedMail take = app.delivering().returnedMail();
        MailForPeople people = app.mailForPeople();
        MailFiles.Sink sink = (name, mail) -> {
            Instant now = app.clock().instant();
            note(
                    session,
                    app.database().jdbi().inTransaction(handle -> take.take(handle, mail, "import", now)),
                    mail,
                    people);
        };
        try {
            if (isPipe()) {
                MailFiles.read(session.console().in(), file, sink);
            } else {
                MailFiles.read(session.console().path(file), file, sink);
            }
        } catch (NoSuchFileException e) {
            throw UserProblem.badInput(session.text("bounce.parse.missing", file), null);
        } catch (IOException e) {
            throw UserProblem.failed(
                    session.text("bounce.parse.unreadable", file, Failures.rootWords(e)),
                    session.text("bounce.import.again"));
        }
        print(session);
        return Exit.DONE;
    }

    private boolean isPipe() {
        return file.equals(STANDARD_INPUT);
    }

    /** A mail server keeps the mail and tries again, whatever went wrong. */
    @Override
    int exitInTrouble(int exit) {
        return isPipe() ? Exit.TEMPORARY : exit;
    }

    private static void keep(Session session, byte[] mail, MailForPeople people) {
        if (!people.tryKeep(mail)) {
            throw UserProblem.failed(session.text("bounce.import.full"), session.text("bounce.import.full.mend"));
        }
    }

    private void note(Session session, TakenMail taken, byte[] mail, MailForPeople people) {
        mails++;
        seenBefore += taken.outcome() == TakenMail.Outcome.SEEN_BEFORE ? 1 : 0;
        forPeople += taken.outcome() == TakenMail.Outcome.FOR_PEOPLE ? 1 : 0;
        suppressed += (int) taken.records().stream()
                .filter(r -> r.acted() == Acted.SUPPRESSED)
                .count();
        counted += (int)
                taken.records().stream().filter(r -> r.acted() == Acted.COUNTED).count();
        if (isPipe() && taken.outcome() == TakenMail.Outcome.FOR_PEOPLE) {
            // A file stays where it is; what comes through a pipe has no other place.
            keep(session, mail, people);
        }
    }

    private void print(Session session) {
        if (json.asked) {
            Map<String, Object> sums = new LinkedHashMap<>();
            sums.put("mails", mails);
            sums.put("seenBefore", seenBefore);
            sums.put("forPeople", forPeople);
            sums.put("suppressed", suppressed);
            sums.put("counted", counted);
            session.jsonLine(sums);
        } else if (!isPipe()) {
            session.console()
                    .println(session.text("bounce.import.done", mails, seenBefore, forPeople, suppressed, counted));
        }
    }
}
