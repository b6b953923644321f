package dev.rooster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.rooster.fixtures.Databases;
import dev.rooster.fixtures.SettableClock;
import dev.rooster.inbox.MailReceiver;
import dev.rooster.language.Language;
import dev.rooster.mail.EmailAddress;
import dev.rooster.token.Purpose;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BounceCommandsTest {
    private final Path home = Databases.temporaryFolder();
    private final SettableClock clock = SettableClock.at("2026-11-24T07:00:00Z");
    private final CommandRun rooster = new CommandRun(home, Language.EN);

    @BeforeEach
    void init() {
        assertThat(rooster.run("init", "H")).isEqualTo(Exit.DONE);
    }

    @AfterEach
    void close() {
        rooster.close();
    }

    /** A delivery to this address, and a report that its mailbox does not exist. */
    private String reportAboutADelivery(String address) {
        rooster.run("subscriber", "add", address);
        long subscriber = rooster.app().database().jdbi().inTransaction(handle -> {
            handle.execute("""
                    insert into issue (newsletter_id, title, subject, state, source_name, source, source_hash, created_at,
                      updated_at)
                    values (1, 't', 's', 'sending', 'f.md', 'x', 'h', ?, ?)
                    """, clock.instant(), clock.instant());
            handle.execute("""
                    insert into edition (public_id, issue_id, newsletter_id, state, version, epoch, created_at, expires_at)
                    values (77, 1, 1, 'sending', 1, 1, ?, ?)
                    """, clock.instant(), clock.instant());
            handle.execute("""
                    insert into delivery (edition_id, seq, subscriber_id, version, provider, state, updated_at)
                    select 1, 1, id, 1, 'other', 'accepted', ? from subscriber
                    """, clock.instant());
            return handle.createQuery("select public_id from subscriber")
                    .mapTo(Long.class)
                    .one();
        });
        String token = rooster.app().keys().tokens().seal(Purpose.VERP, 0, 77, subscriber);
        return """
                From: MAILER-DAEMON@mx.example.net
                To: b+%s@example.com
                Date: Tue, 24 Nov 2026 07:00:00 +0000
                Message-ID: <1@mx.example.net>
                Subject: Undelivered Mail Returned to Sender
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=delivery-status; boundary="b"

                --b
                Content-Type: text/plain

                Sorry.
                --b
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mx.example.net

                Final-Recipient: rfc822; %s
                Action: failed
                Status: 5.1.1
                Diagnostic-Code: smtp; 550 5.1.1 User unknown
                --b--
                """.formatted(token, address);
    }

    @Test
    void aPipedReportIsCommittedBeforeTheCommandSaysSoAndIsListed() {
        String report = reportAboutADelivery("kim@naver.com");
        assertThat(rooster.runWithInput(report, "bounce", "import", "-")).isEqualTo(Exit.DONE);
        assertThat(rooster.out()).as("a pipe says nothing").isEmpty();
        assertThat(rooster.run("subscriber", "show", "kim@naver.com", "--json")).isEqualTo(Exit.DONE);
        assertThat(rooster.out()).contains("\"reason\" : \"hard-bounce\"");
        assertThat(rooster.run("bounce", "list", "--json")).isEqualTo(Exit.DONE);
        assertThat(rooster.out())
                .contains("\"category\":\"unknown-user\"", "\"acted\":\"suppressed\"", "\"matchedBy\":\"verp\"");
        assertThat(rooster.run("bounce", "list", "naver.com", "--category", "unknown-user"))
                .isEqualTo(Exit.DONE);
        assertThat(rooster.out()).contains("kim@naver.com", "The mailbox does not exist.");
        assertThat(rooster.run("bounce", "list", "--kind", "whim")).isEqualTo(Exit.BAD_INPUT);
        assertThat(rooster.err()).contains("complaint");
    }

    @Test
    void theSameMailInAFileCountsOnce() throws IOException {
        String report = reportAboutADelivery("kim@naver.com");
        Files.writeString(home.resolve("mail.eml"), report);
        assertThat(rooster.run("bounce", "import", "mail.eml", "--json")).isEqualTo(Exit.DONE);
        assertThat(rooster.out().strip())
                .isEqualTo("{\"mails\":1,\"seenBefore\":0,\"forPeople\":0,\"suppressed\":1,\"counted\":0}");
        assertThat(rooster.run("bounce", "import", "mail.eml", "--json")).isEqualTo(Exit.DONE);
        assertThat(rooster.out()).contains("\"seenBefore\":1", "\"suppressed\":0");
    }

    @Test
    void whatOnlyAPersonCanReadIsKeptWhenItComesThroughAPipe() throws IOException {
        String letter = "From: kim@naver.com\nTo: b@example.com\nSubject: hello\n\nHow are you?\n";
        assertThat(rooster.runWithInput(letter, "bounce", "import", "-")).isEqualTo(Exit.DONE);
        try (var files = Files.list(rooster.app().data().resolve("mail-for-people"))) {
            List<Path> kept = files.toList();
            assertThat(kept).hasSize(1);
            assertThat(Files.readString(kept.get(0))).isEqualTo(letter);
        }
    }

    @Test
    void aPipeThatCannotCommitAsksTheMailServerToTryAgain() throws IOException {
        Files.writeString(home.resolve("H/config/rooster.yaml"), "nonsense: true\n");
        rooster.restart(Map.of());
        assertThat(rooster.runWithInput("From: a@b.kr\n\nx\n", "bounce", "import", "-"))
                .isEqualTo(Exit.TEMPORARY);
        assertThat(rooster.run("bounce", "list")).isEqualTo(Exit.BAD_INPUT);
    }

    /** A mail server's pipe is killed, or the machine's memory runs out: half a mail must not be taken for a whole one. */
    @Test
    void aPipeThatIsKilledInTheMiddleOfAMailCommitsNothing() throws Exception {
        String report = reportAboutADelivery("kim@naver.com");
        Path data = rooster.app().data();
        try (ControlServer server = ControlServer.start(data, rooster::app)) {
            try (SocketChannel channel =
                    SocketChannel.open(ControlSocket.of(data).find())) {
                DataOutputStream out = new DataOutputStream(ChannelStreams.output(channel));
                DataInputStream in = new DataInputStream(ChannelStreams.input(channel));
                new Frames.Call(List.of("bounce", "import", "-"), "/", false, 80, "en", false).write(out);
                assertThat(Frames.Frame.read(in).type()).isEqualTo(Frames.WANT_STDIN);
                byte[] most = report.substring(0, report.length() - 8).getBytes(StandardCharsets.UTF_8);
                Frames.write(out, Frames.STDIN, most, 0, most.length);
                assertThat(Frames.Frame.read(in).type()).isEqualTo(Frames.WANT_STDIN);
            }
            // The place that the dead caller held is free again once its command has ended.
            awaitNoCommand();
            assertThat(rooster.run("bounce", "list", "--json")).isEqualTo(Exit.DONE);
            assertThat(rooster.out()).isEmpty();
            assertThat(data.resolve("mail-for-people")).doesNotExist();
            assertThat(server).isNotNull();
        }
    }

    private static void awaitNoCommand() throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().matches("control-\\d+")) {
                thread.join(30_000);
                assertThat(thread.isAlive()).isFalse();
            }
        }
    }

    @Test
    void aFileThatIsNotThereIsBadInput() {
        assertThat(rooster.run("bounce", "import", "missing.mbox")).isEqualTo(Exit.BAD_INPUT);
        assertThat(rooster.err()).contains("missing.mbox").doesNotContain("\tat ");
    }

    @Test
    void mailboxesAreCollectedAndTheirTroublesTold() throws Exception {
        String report = reportAboutADelivery("kim@naver.com");
        assertThat(rooster.run("bounce", "collect")).isEqualTo(Exit.BAD_INPUT);
        assertThat(rooster.err()).contains("mailboxes:");
        GreenMail greenMail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP));
        greenMail.start();
        try {
            GreenMailUser user = greenMail.setUser("bounces@example.com", "bounces", "right");
            user.deliver(new MimeMessage(null, new ByteArrayInputStream(report.getBytes(StandardCharsets.UTF_8))));
            rooster.restart(mailbox(greenMail.getImap().getPort(), "wrong"));
            assertThat(rooster.run("bounce", "collect")).isEqualTo(Exit.FAILED);
            assertThat(rooster.err()).contains("refuses the login").doesNotContain("wrong");
            rooster.restart(mailbox(greenMail.getImap().getPort(), "right"));
            assertThat(rooster.run("bounce", "collect", "--json")).isEqualTo(Exit.DONE);
            assertThat(rooster.out()).contains("\"done\":1", "\"failed\":0");
            assertThat(rooster.run("bounce", "collect", "--mailbox", "other")).isEqualTo(Exit.BAD_INPUT);
            assertThat(rooster.err()).contains("bounces");
        } finally {
            greenMail.stop();
        }
        rooster.run("subscriber", "show", "kim@naver.com", "--json");
        assertThat(rooster.out()).contains("\"reason\" : \"hard-bounce\"");
    }

    @Test
    void aLetterThatAsksToStopIsListedAndAnswered() {
        rooster.restart(Map.of(
                "ROOSTER_NEWSLETTERS_AI_WEEKLY_OPERATORS",
                "ops@example.com",
                "ROOSTER_PUBLIC_URL",
                "https://news.example.com"));
        rooster.run("subscriber", "add", "kim@naver.com");
        rooster.run("subscriber", "add", "lee@naver.com");
        for (String who : new String[] {"kim", "lee", "stranger"}) {
            String letter = "From: " + who + "@naver.com\nSubject: Re: news\n\n수신거부 부탁드려요\n";
            assertThat(rooster.runWithInput(letter, "bounce", "import", "-")).isEqualTo(Exit.DONE);
        }
        assertThat(alarms(rooster.app()))
                .hasSize(3)
                .anySatisfy(notice ->
                        assertThat(notice).contains("kim@naver.com", "수신거부 부탁드려요", "bounce answer 1 --refuse"));
        assertThat(rooster.run("bounce", "list", "--asks")).isEqualTo(Exit.DONE);
        assertThat(rooster.out())
                .contains("kim@naver.com", "ai-weekly", "수신거부 부탁드려요", "bounce answer", "https://news.example.com/a/");
        assertThat(rooster.run("bounce", "answer", "1")).isEqualTo(Exit.BAD_INPUT);
        assertThat(rooster.run("bounce", "answer", "1", "--refuse")).isEqualTo(Exit.DONE);
        assertThat(rooster.run("bounce", "answer", "1", "--refuse", "--json")).isEqualTo(Exit.DONE);
        assertThat(rooster.out()).contains("\"changed\" : false");
        assertThat(rooster.run("bounce", "answer", "2", "--dismiss")).isEqualTo(Exit.DONE);
        assertThat(rooster.run("bounce", "answer", "3", "--refuse")).isEqualTo(Exit.FAILED);
        assertThat(rooster.err()).contains("stranger@naver.com");
        assertThat(rooster.run("bounce", "answer", "9", "--dismiss")).isEqualTo(Exit.BAD_INPUT);
        assertThat(rooster.run("bounce", "list", "--asks", "--json")).isEqualTo(Exit.DONE);
        assertThat(rooster.out()).contains("\"sender\":\"stranger@naver.com\"").doesNotContain("kim@", "lee@");
        rooster.run("subscriber", "show", "kim@naver.com", "--json");
        assertThat(rooster.out()).contains("\"unsubscribed\"");
        rooster.run("subscriber", "show", "lee@naver.com", "--json");
        assertThat(rooster.out()).contains("\"active\"");
    }

    @Test
    void theReceiverTakesReportsAndRefusalsAndNothingElse() throws Exception {
        String report = reportAboutADelivery("kim@naver.com");
        rooster.run("subscriber", "add", "lee@naver.com");
        assertThat(rooster.app().settings().unsubscribeByMail()).isFalse();
        rooster.restart(Map.of("ROOSTER_RECEIVER_PORT", "0"));
        assertThat(rooster.app().settings().unsubscribeByMail()).isTrue();
        long newsletter = rooster.app().newsletters().all().get(0).publicId();
        long lee = rooster.app()
                .database()
                .jdbi()
                .withHandle(handle -> rooster.app()
                        .subscribing()
                        .find(handle, EmailAddress.of("lee@naver.com"))
                        .orElseThrow()
                        .publicId());
        String unsubscribe = "b+" + rooster.app().keys().tokens().seal(Purpose.UNSUBSCRIBE_BY_MAIL, 0, newsletter, lee)
                + "@example.com";
        try (MailReceiver receiver = rooster.app().delivering().receiver().orElseThrow()) {
            receiver.start();
            String envelopeSender = report.lines()
                    .filter(line -> line.startsWith("To: "))
                    .findFirst()
                    .orElseThrow()
                    .substring(4);
            assertThat(handOver(receiver.port(), envelopeSender, report)).startsWith("250");
            assertThat(handOver(receiver.port(), envelopeSender, report))
                    .as("a second time")
                    .startsWith("250");
            assertThat(handOver(receiver.port(), unsubscribe, "From: x@y.kr\n\n"))
                    .startsWith("250");
            assertThat(handOver(receiver.port(), "lee@naver.com", report)).startsWith("550");
            rooster.app().database().jdbi().useHandle(handle -> handle.execute("alter table bounce rename to gone"));
            assertThat(handOver(receiver.port(), envelopeSender, report)).startsWith("451");
            rooster.app().database().jdbi().useHandle(handle -> handle.execute("alter table gone rename to bounce"));
        }
        assertThat(rooster.run("bounce", "list", "--json")).isEqualTo(Exit.DONE);
        assertThat(rooster.out().lines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).contains("\"source\":\"receiver\"", "\"acted\":\"suppressed\""));
        rooster.run("subscriber", "show", "lee@naver.com", "--json");
        assertThat(rooster.out()).contains("\"unsubscribed\"");
    }

    /** The reply to the mail, or to the command that was refused. */
    private static String handOver(int port, String recipient, String mail) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port);
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            socket.setSoTimeout(30_000);
            String reply = in.readLine();
            String body = mail.replace("\n", "\r\n") + "\r\n.";
            for (String line : List.of("HELO mx.test", "MAIL FROM:<>", "RCPT TO:<" + recipient + ">", "DATA", body)) {
                socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
                reply = in.readLine();
                if (reply == null || reply.charAt(0) > '3') {
                    return reply;
                }
            }
            return reply;
        }
    }

    @Test
    void aMailboxThatCannotBeReadForAnHourIsToldToOperatorsOnceADay() throws Exception {
        Map<String, String> environment = new HashMap<>(mailbox(1, "x"));
        environment.put("ROOSTER_NEWSLETTERS_AI_WEEKLY_OPERATORS", "ops@example.com");
        SettableClock now = SettableClock.at("2026-11-24T07:00:00Z");
        rooster.close();
        try (App app = new App(home.resolve("H"), environment, now)) {
            CollectBounces collector =
                    app.delivering().collector(app.settings().mailboxes().get("bounces"));
            collector.runDue();
            now.advance(Duration.ofMinutes(59));
            collector.runDue();
            assertThat(alarms(app)).isEmpty();
            now.advance(Duration.ofMinutes(1));
            collector.runDue();
            now.advance(Duration.ofMinutes(5));
            collector.runDue();
            assertThat(alarms(app)).singleElement().asString().contains("bounces", "127.0.0.1:1", "방화벽");
        }
    }

    private static List<String> alarms(App app) {
        return app.database()
                .jdbi()
                .withHandle(handle -> handle.createQuery("select payload from notice where kind = 'alarm'")
                        .mapTo(String.class)
                        .list());
    }

    private Map<String, String> mailbox(int port, String password) throws IOException {
        Path file = home.resolve("H/config/rooster.yaml");
        String settings = Files.readString(file);
        if (!settings.contains("\nmailboxes:")) {
            Files.writeString(file, settings + """

                    mailboxes:
                      bounces:
                        host: 127.0.0.1
                        port: %d
                        tls: none
                        username: bounces
                    """.formatted(port));
        }
        return Map.of("ROOSTER_MAILBOXES_BOUNCES_PASSWORD", password);
    }

    @Test
    void theListCanBeExportedWithoutHarmToASpreadsheet() throws IOException {
        String report = reportAboutADelivery("kim@naver.com")
                .replace("smtp; 550 5.1.1 User unknown", "smtp; =cmd|' /C calc'!A0 550 5.1.1 \"User unknown\"");
        rooster.runWithInput(report, "bounce", "import", "-");
        assertThat(rooster.run("bounce", "list", "--csv", "bounces.csv")).isEqualTo(Exit.DONE);
        String csv = Files.readString(home.resolve("bounces.csv"));
        assertThat(csv).startsWith("\uFEFFid,received_at,source,kind,issue,newsletter,provider,address,");
        assertThat(csv.lines().skip(1))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains(",bounce,1,", ",other,kim@naver.com,5.1.1,550,unknown-user,hard,suppressed,verp,")
                        .doesNotContain(",=", ",\"="));
        assertThat(rooster.run("bounce", "list", "--csv", "-", "--provider", "other"))
                .isEqualTo(Exit.DONE);
        assertThat(rooster.out()).startsWith("id,").contains("kim@naver.com");
        assertThat(rooster.run("bounce", "list", "--csv", "-", "--provider", "gmail"))
                .isEqualTo(Exit.DONE);
        assertThat(rooster.out()).startsWith("id,").doesNotContain("kim@naver.com");
    }

    @Test
    void theReportSaysWhyMailsCameBackAndWhatToDo() {
        rooster.runWithInput(reportAboutADelivery("kim@naver.com"), "bounce", "import", "-");
        assertThat(rooster.run("report", "1")).isEqualTo(Exit.DONE);
        assertThat(rooster.out())
                .contains("1  unknown-user (the address is dead)", "returned")
                .containsOnlyOnce("The mailbox does not exist.");
        assertThat(rooster.run("report", "1", "--json")).isEqualTo(Exit.DONE);
        assertThat(rooster.out().replaceAll("\\s", ""))
                .contains("\"bounces\":[{\"category\":\"unknown-user\",\"verdict\":\"hard\",\"recipients\":1}]")
                .contains(
                        "\"provider\":\"other\",\"accepted\":1,\"unknown\":0,\"delayed\":0,\"arrived\":0,\"returned\":1");
    }
}
