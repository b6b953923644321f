package dev.rooster.cli;

import dev.rooster.delivery.IssueContent;
import dev.rooster.delivery.SampleCopy;
import dev.rooster.issue.IssueState;
import dev.rooster.issue.StoredIssue;
import dev.rooster.language.DisplayWidth;
import dev.rooster.language.Messages;
import dev.rooster.mail.EmailAddress;
import dev.rooster.mail.MessageBuffer;
import dev.rooster.media.Picture;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.newsletter.Slot;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows an issue as a reader would get it, without sending anything. */
@Command(name = "preview", mixinStandardHelpOptions = true)
final class IssuePreviewCommand extends RoosterCommand {
    /** A domain that nobody can have (RFC 2606 §2). */
    private static final EmailAddress READER = EmailAddress.of("reader@preview.invalid");

    @Parameters(paramLabel = "ID", descriptionKey = "issue.id")
    private long id;

    @Option(names = "--open", descriptionKey = "issue.preview.open")
    private boolean open;

    @Option(names = "--html", paramLabel = "FILE", descriptionKey = "issue.preview.html")
    private String htmlFile;

    @Option(names = "--text", paramLabel = "FILE", descriptionKey = "issue.preview.text")
    private String textFile;

    @Option(names = "--eml", paramLabel = "FILE", descriptionKey = "issue.preview.eml")
    private String emlFile;

    @Option(names = "--name", paramLabel = "NAME", descriptionKey = "issue.preview.name")
    private String name;

    @Mixin
    private JsonOption json;

    @Override
    protected int run(Session session) throws IOException {
        refuseTwoOnOutput(session);
        IssueTexts texts = new IssueTexts(session);
        StoredIssue issue = texts.issue(id);
        Newsletter newsletter = texts.newsletter(issue);
        SampleCopy copy = copy(session, issue, newsletter);
        StandalonePage page =
                new StandalonePage(session.app().database(), session.app().publicUrl(), copy.html());
        MessageBuffer message = new MessageBuffer();
        copy.write(message);
        if (issue.state() == IssueState.SENDING || issue.state() == IssueState.SENT) {
            session.console().err().println(session.text("issue.preview.sent", String.valueOf(id)));
        }
        if (htmlFile != null) {
            WholeFile.write(session, htmlFile, page::writeTo);
        }
        if (textFile != null) {
            WholeFile.write(session, textFile, out -> out.write(copy.text().getBytes(StandardCharsets.UTF_8)));
        }
        if (emlFile != null) {
            WholeFile.write(session, emlFile, out -> out.write(message.array(), 0, message.length()));
        }
        Path opened = open ? open(session, page) : null;
        if (json.asked) {
            session.json(json(newsletter, copy, page, message, opened));
        } else if (files().findAny().isEmpty() && !open) {
            print(session, newsletter, copy, page, message);
        } else if (files().noneMatch("-"::equals)) {
            files().forEach(file -> session.console().println(session.text("issue.preview.written", file)));
        }
        return Exit.DONE;
    }

    private void refuseTwoOnOutput(Session session) {
        long onOutput = files().filter("-"::equals).count() + (json.asked ? 1 : 0);
        boolean any = files().anyMatch("-"::equals);
        if (any && onOutput > 1) {
            throw UserProblem.badInput(
                    session.text("issue.preview.one-output"), session.text("issue.preview.one-output.mend"));
        }
    }

    private Stream<String> files() {
        return Stream.of(
                        htmlFile == null ? "" : htmlFile,
                        textFile == null ? "" : textFile,
                        emlFile == null ? "" : emlFile)
                .filter(file -> !file.isEmpty());
    }

    private SampleCopy copy(Session session, StoredIssue issue, Newsletter newsletter) {
        App app = session.app();
        Optional<LocalDate> slot =
                app.issueQueue().plan(newsletter).slotOf(issue.id()).map(Slot::date);
        IssueContent.Answer answer = app.database()
                .jdbi()
                .withHandle(handle -> app.delivering().content().find(handle, newsletter, issue.id(), slot));
        if (answer instanceof IssueContent.Answer.Faulty faulty) {
            throw UserProblem.badInput(
                    session.text("issue.preview.faulty", String.valueOf(id)) + "\n"
                            + faulty.words().apply(session.language()),
                    session.text("issue.preview.faulty.mend"));
        }
        IssueContent.Answer.Ready ready = (IssueContent.Answer.Ready) answer;
        String reader = name != null
                ? name
                : Messages.of(IssuePreviewCommand.class, newsletter.settings().language())
                        .text("issue.preview.reader");
        return app.delivering()
                .sampleCopies()
                .make(
                        newsletter,
                        issue.id(),
                        ready,
                        ready.subject(),
                        READER,
                        reader,
                        app.clock().instant(),
                        0,
                        app.dkim(newsletter));
    }

    private Path open(Session session, StandalonePage page) throws IOException {
        Path file = Files.createTempFile("rooster-issue-" + id + "-", ".html");
        try (OutputStream out = Files.newOutputStream(file)) {
            page.writeTo(out);
        }
        boolean shown = DesktopOpener.ofThisProcess().open(file);
        if (!json.asked) {
            session.console()
                    .println(
                            session.text(shown ? "issue.preview.opened" : "issue.preview.not-opened", file.toString()));
        }
        return file;
    }

    private static void print(
            Session session, Newsletter newsletter, SampleCopy copy, StandalonePage page, MessageBuffer message) {
        Console console = session.console();
        line(
                console,
                session.text("issue.preview.from"),
                newsletter.settings().fromName() + " <"
                        + newsletter.settings().from().text() + ">");
        line(console, session.text("issue.preview.subject"), copy.subject());
        console.println("");
        console.println(copy.text().stripTrailing());
        console.println("");
        List<Picture> pictures = page.pictures();
        console.println(session.text(
                "issue.preview.sizes",
                kilobytes(copy.sizes().textBytes()),
                kilobytes(copy.sizes().htmlBytes()),
                kilobytes(message.length()),
                pictures.size(),
                kilobytes(pictures.stream().mapToLong(Picture::sizeBytes).sum())));
    }

    private static void line(Console console, String name, String value) {
        console.println(DisplayWidth.pad(name, 10) + value);
    }

    private static String kilobytes(long bytes) {
        return String.format(java.util.Locale.ROOT, "%,.1f", bytes / 1000.0);
    }

    private Map<String, Object> json(
            Newsletter newsletter, SampleCopy copy, StandalonePage page, MessageBuffer message, Path opened) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("issue", id);
        json.put("newsletter", newsletter.name());
        json.put("subject", copy.subject());
        json.put("text_bytes", copy.sizes().textBytes());
        json.put("html_bytes", copy.sizes().htmlBytes());
        json.put("message_bytes", message.length());
        json.put("pictures", page.pictures().size());
        json.put(
                "picture_bytes",
                page.pictures().stream().mapToLong(Picture::sizeBytes).sum());
        json.put("html", htmlFile);
        json.put("text", textFile);
        json.put("eml", emlFile);
        json.put("opened", opened == null ? null : opened.toString());
        return json;
    }
}
