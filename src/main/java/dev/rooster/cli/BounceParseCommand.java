package dev.rooster.cli;

import dev.rooster.bounce.BounceListener;
import dev.rooster.inbox.MailFiles;
import dev.rooster.language.Messages;
import dev.rooster.mail.dsn.BounceParser;
import dev.rooster.mail.dsn.Category;
import dev.rooster.mail.dsn.ParsedMail;
import dev.rooster.mail.dsn.ReportedRecipient;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Says what mails that came back mean; changes nothing and needs no installation. */
@Command(name = "parse", mixinStandardHelpOptions = true)
@CommandKind(CommandKind.Where.HERE)
final class BounceParseCommand extends RoosterCommand {
    @Parameters(arity = "1..*", paramLabel = "FILE", descriptionKey = "bounce.parse.files")
    private List<String> files;

    @Mixin
    private JsonOption json;

    private final BounceParser parser = BounceParser.standard();
    private final Set<Category> categories = EnumSet.noneOf(Category.class);

    /** One line of {@code --json}. */
    record Line(String file, String kind, List<Recipient> recipients) {}

    /** One recipient of a line. Names are stable; scripts rely on them. */
    record Recipient(
            String address,
            String original,
            String status,
            String replyCode,
            boolean hard,
            String diagnostic,
            String remoteHost,
            String action,
            String category,
            String verdict,
            String reason) {}

    @Override
    protected int run(Session session) {
        Console console = session.console();
        int read = 0;
        int failed = 0;
        for (String name : files) {
            try {
                if (name.equals("-")) {
                    MailFiles.read(console.in(), name, (mail, bytes) -> say(session, mail, bytes));
                } else {
                    MailFiles.read(console.path(name), name, (mail, bytes) -> say(session, mail, bytes));
                }
                read++;
            } catch (NoSuchFileException e) {
                failed++;
                console.err().println("rooster: " + session.text("bounce.parse.missing", name));
            } catch (IOException e) {
                failed++;
                console.err()
                        .println("rooster: " + session.text("bounce.parse.unreadable", name, Failures.rootWords(e)));
            }
        }
        Messages explanations = Messages.of(BounceListener.class, session.language());
        categories.forEach(each -> console.println(lower(each) + ": " + explanations.text("category." + lower(each))));
        return failed == 0 ? Exit.DONE : read == 0 ? Exit.BAD_INPUT : Exit.PARTLY;
    }

    private void say(Session session, String name, byte[] bytes) {
        ParsedMail mail = parser.parse(bytes);
        if (json.asked) {
            session.jsonLine(line(name, mail));
            return;
        }
        Console console = session.console();
        console.println(session.text("bounce.parse.kind." + lower(mail.kind())) + "  " + name);
        for (ReportedRecipient recipient : mail.recipients()) {
            if (!recipient.action().success()) {
                categories.add(recipient.category());
            }
            String codes = String.join(
                    " ",
                    Stream.of(recipient.replyCode(), recipient.status())
                            .filter(code -> code != null)
                            .toList());
            console.println("    " + recipient.address() + "  "
                    + session.text("bounce.parse.verdict." + lower(recipient.verdict())) + "  "
                    + lower(recipient.category()) + (codes.isEmpty() ? "" : "  " + codes));
            if (!recipient.diagnostic().isEmpty()) {
                console.println("        " + recipient.diagnostic());
            }
        }
    }

    static Line line(String name, ParsedMail mail) {
        return new Line(
                name,
                lower(mail.kind()),
                mail.recipients().stream()
                        .map(r -> new Recipient(
                                r.address(),
                                r.originalAddress(),
                                r.status(),
                                r.replyCode(),
                                r.hard(),
                                r.diagnostic(),
                                r.remoteHost(),
                                lower(r.action()),
                                lower(r.category()),
                                lower(r.verdict()),
                                r.why()))
                        .toList());
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
