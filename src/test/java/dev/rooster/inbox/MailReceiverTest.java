package dev.rooster.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rooster.inbox.MailTaker.Fate;
import dev.rooster.sandbox.ServerCertificate;
import dev.rooster.smtp.TrustedCertificates;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class MailReceiverTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private final List<String> taken = new CopyOnWriteArrayList<>();
    private volatile Fate fate = Fate.DONE;
    private volatile boolean ledgerIsDown;
    private MailReceiver receiver;

    @AfterEach
    void stop() {
        receiver.close();
    }

    private void start(ReceiverSettings settings, Duration silence, Duration lifetime) throws IOException {
        receiver = new MailReceiver(
                settings,
                silence,
                lifetime,
                MailReceiverTest::token,
                this::take,
                new MailForPeople(folder.resolve("people"), new PeopleLimits(10, 1 << 20)));
        receiver.start();
    }

    /** What stands before the domain, if it begins as ours do. */
    private static Optional<String> token(String address) {
        String lower = address.toLowerCase(Locale.ROOT);
        return lower.startsWith("b+") ? Optional.of(lower.split("@")[0]) : Optional.empty();
    }

    private void start() throws IOException {
        start(ReceiverSettings.defaults(0), LONG, LONG);
    }

    private Fate take(byte[] mail) {
        if (ledgerIsDown) {
            throw new IllegalStateException("no commit");
        }
        taken.add(new String(mail, StandardCharsets.ISO_8859_1));
        return fate;
    }

    private List<Path> people() throws IOException {
        Path kept = folder.resolve("people");
        if (!Files.isDirectory(kept)) {
            return List.of();
        }
        try (var files = Files.list(kept)) {
            return files.toList();
        }
    }

    /** A client that says a line and hears the reply. */
    private final class Client implements AutoCloseable {
        private Socket socket;
        private BufferedReader in;

        Client() throws IOException {
            use(new Socket("127.0.0.1", receiver.port()));
        }

        private void use(Socket used) throws IOException {
            socket = used;
            socket.setSoTimeout(30_000);
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        }

        /** The last line of the reply; null: hung up. */
        String hear() throws IOException {
            String line = in.readLine();
            while (line != null && line.length() > 3 && line.charAt(3) == '-') {
                line = in.readLine();
            }
            return line;
        }

        String say(String text) throws IOException {
            send(text + "\r\n");
            return hear();
        }

        void send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        Client ready() throws IOException {
            assertThat(hear()).startsWith("220 ").contains("Rooster");
            assertThat(say("EHLO mx.example")).startsWith("250 ");
            return this;
        }

        Client until(String recipient) throws IOException {
            ready();
            assertThat(say("MAIL FROM:<>")).startsWith("250");
            assertThat(say("RCPT TO:<" + recipient + ">")).startsWith("250");
            return this;
        }

        String data(String mail) throws IOException {
            assertThat(say("DATA")).startsWith("354");
            return say(mail + "\r\n.");
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void aMailForAnAddressOfOursIsTakenAsItWasSentWithWhatTheEnvelopeSaid() throws Exception {
        start();
        try (Client client = new Client().until("b+token@bounce.example")) {
            assertThat(client.data("Subject: x\r\n\r\n..a\r\n\u00e9\r\n")).isEqualTo("250 2.0.0 Taken");
            assertThat(taken)
                    .containsExactly(
                            "Return-Path: <>\r\nDelivered-To: b+token@bounce.example\r\nSubject: x\r\n\r\n.a\r\n"
                                    + "\u00e9\r\n\r\n");
            assertThat(client.say("MAIL FROM:<kim@example.net> BODY=8BITMIME SIZE=200"))
                    .startsWith("250");
            assertThat(client.say("RCPT TO:<b+one@bounce.example>")).startsWith("250");
            assertThat(client.say("RCPT TO:<b+two@bounce.example>")).startsWith("250");
            assertThat(client.data("Subject: y\r\n\r\n")).startsWith("250");
            assertThat(taken).hasSize(3);
            assertThat(taken.get(2)).startsWith("Delivered-To: b+two@bounce.example\r\nSubject: y\r\n");
            assertThat(client.say("QUIT")).startsWith("221");
        }
        assertThat(people()).isEmpty();
    }

    @Test
    void everybodyElseIsRefusedBeforeData() throws Exception {
        start();
        try (Client client = new Client().ready()) {
            assertThat(client.say("MAIL FROM:<spam@example.net>")).startsWith("250");
            for (String other :
                    List.of("<kim@example.net>", "<postmaster>", "<>", "<@relay:kim@example.net>", "<a b@c>")) {
                assertThat(client.say("RCPT TO:" + other)).startsWith("550 5.1.1");
            }
            assertThat(client.say("DATA")).startsWith("503");
            assertThat(client.say("BDAT 3 LAST")).startsWith("503");
        }
        assertThat(taken).isEmpty();
    }

    @Test
    void whatIsNotCommittedIsNotTakenAndTheClientIsAskedToComeBack() throws Exception {
        start();
        ledgerIsDown = true;
        try (Client client = new Client().until("b+token@bounce.example")) {
            assertThat(client.data("Subject: x\r\n\r\n")).isEqualTo("451 4.3.0 Not taken now; try again later");
            assertThat(client.hear())
                    .as("hung up, or the next MAIL would be answered with 503")
                    .isNull();
        }
        ledgerIsDown = false;
        try (Client client = new Client().until("b+token@bounce.example")) {
            assertThat(client.data("Subject: x\r\n\r\n")).startsWith("250");
        }
        assertThat(taken).hasSize(1);
    }

    @Test
    void whatIsForPeopleIsKeptBeforeItIsAcknowledged() throws Exception {
        start();
        fate = Fate.FOR_PEOPLE;
        try (Client client = new Client().until("b+token@bounce.example")) {
            assertThat(client.data("Subject: x\r\n\r\nhello")).startsWith("250");
            assertThat(people())
                    .singleElement()
                    .satisfies(file -> assertThat(file).content().contains("hello"));
        }
        Files.writeString(folder.resolve("no-folder"), "");
        receiver.close();
        receiver = new MailReceiver(
                ReceiverSettings.defaults(0),
                Optional::of,
                this::take,
                new MailForPeople(folder.resolve("no-folder/x"), PeopleLimits.defaults()));
        receiver.start();
        try (Client client = new Client().until("b+token@bounce.example")) {
            assertThat(client.data("Subject: x\r\n\r\nhello")).startsWith("451");
        }
    }

    @Test
    void aMailThatBreaksOffIsNoMail() throws Exception {
        start();
        try (Client client = new Client().until("b+token@bounce.example")) {
            assertThat(client.say("DATA")).startsWith("354");
            client.send("Subject: x\r\n\r\nhalf a mai");
            client.socket.shutdownOutput();
            assertThat(client.hear()).startsWith("421");
        }
        assertThat(taken).isEmpty();
    }

    @Test
    void aMailThatIsTooBigIsRefusedWhetherItSaysSoOrNot() throws Exception {
        ReceiverSettings defaults = ReceiverSettings.defaults(0);
        start(
                new ReceiverSettings(
                        "127.0.0.1",
                        0,
                        "bounce.example",
                        null,
                        null,
                        5,
                        65_536,
                        defaults.silence(),
                        defaults.lifetime()),
                LONG,
                LONG);
        try (Client client = new Client().ready()) {
            assertThat(client.say("MAIL FROM:<> SIZE=65537")).startsWith("552");
            assertThat(client.say("MAIL FROM:<>")).startsWith("250");
            assertThat(client.say("RCPT TO:<b+token@bounce.example>")).startsWith("250");
            assertThat(client.data("x".repeat(990).concat("\r\n").repeat(70))).startsWith("552 5.3.4");
            assertThat(client.hear()).isNull();
        }
        assertThat(taken).isEmpty();
    }

    @Test
    void onlySoManyClientsAreServedAtOnce() throws Exception {
        ReceiverSettings defaults = ReceiverSettings.defaults(0);
        start(
                new ReceiverSettings(
                        "127.0.0.1", 0, null, null, null, 1, 65_536, defaults.silence(), defaults.lifetime()),
                LONG,
                LONG);
        try (Client first = new Client().ready();
                Client second = new Client()) {
            assertThat(second.hear()).startsWith("421");
            assertThat(first.say("NOOP")).startsWith("250");
        }
    }

    @Test
    void aSilentClientAndOneThatStaysTooLongAreSentAway() throws Exception {
        start(ReceiverSettings.defaults(0), Duration.ofMillis(100), LONG);
        try (Client client = new Client().ready()) {
            assertThat(client.hear()).startsWith("421 Timeout");
        }
        receiver.close();
        start(ReceiverSettings.defaults(0), LONG, Duration.ofMillis(300));
        try (Client client = new Client().ready()) {
            assertThatThrownBy(() -> {
                        while (client.say("NOOP") != null) {
                            assertThat(client.socket.isClosed()).isFalse();
                        }
                        throw new IOException("hung up");
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void startTlsIsOfferedWithACertificateAndNothingSaidBeforeItCounts() throws Exception {
        ServerCertificate certificate = ServerCertificate.create(folder, "localhost");
        ReceiverSettings defaults = ReceiverSettings.defaults(0);
        start(
                new ReceiverSettings(
                        "127.0.0.1",
                        0,
                        null,
                        certificate.pemFile(),
                        certificate.keyFile(),
                        5,
                        65_536,
                        defaults.silence(),
                        defaults.lifetime()),
                LONG,
                LONG);
        try (Client client = new Client().ready()) {
            // RFC 3207 §6: a command in the same packet is an attacker's, and not answered after the handshake.
            client.send("STARTTLS\r\nMAIL FROM:<injected@example.net>\r\n");
            assertThat(client.hear()).startsWith("220");
            client.use(TrustedCertificates.socketFactory(certificate.pemFile())
                    .createSocket(client.socket, "localhost", receiver.port(), true));
            assertThat(client.say("EHLO mx.example")).startsWith("250 ");
            assertThat(client.say("MAIL FROM:<>")).startsWith("250");
            assertThat(client.say("RCPT TO:<b+token@bounce.example>")).startsWith("250");
            assertThat(client.data("Subject: x\r\n\r\n")).startsWith("250");
        }
        assertThat(taken).hasSize(1);
    }

    @Test
    void withoutACertificateThereIsNoStartTls() throws Exception {
        start();
        try (Client client = new Client().ready()) {
            assertThat(client.say("STARTTLS")).startsWith("454");
        }
    }

    @Test
    void chunksAreTakenToo() throws Exception {
        start();
        try (Client client = new Client().until("b+token@bounce.example")) {
            client.send("BDAT 12\r\nSubject: x\r\n");
            assertThat(client.hear()).startsWith("250");
            client.send("BDAT 4 LAST\r\n\r\nhi");
            assertThat(client.hear()).startsWith("250");
        }
        assertThat(taken).singleElement().satisfies(mail -> assertThat(mail).endsWith("Subject: x\r\n\r\nhi"));
    }

    /** What other servers read as the end of a mail is none here, so no second mail can hide in a first one. */
    @ParameterizedTest
    @ValueSource(strings = {"\n.\n", "\n.\r\n", "\r.\r", "\r\n.\r"})
    void onlyADotOnALineOfItsOwnEndsAMail(String almost) throws Exception {
        start();
        try (Client client = new Client().until("b+token@bounce.example")) {
            assertThat(client.data("Subject: x\r\n\r\none" + almost + "MAIL FROM:<b@example.net>\r\ntwo"))
                    .startsWith("250");
            assertThat(client.say("NOOP")).startsWith("250");
        }
        assertThat(taken).hasSize(1);
    }

    @Test
    void aMissingOrWrongCertificateIsToldWhenItStarts() throws Exception {
        start();
        Path nothing = Files.writeString(folder.resolve("nothing.pem"), "nothing");
        ReceiverSettings defaults = ReceiverSettings.defaults(0);
        MailReceiver wrong = new MailReceiver(
                new ReceiverSettings("127.0.0.1", 0, null, nothing, nothing, 5, 65_536, defaults.silence(), LONG),
                Optional::of,
                this::take,
                new MailForPeople(folder, PeopleLimits.defaults()));
        assertThatThrownBy(wrong::start).isInstanceOf(IOException.class).hasMessageContaining("nothing.pem");
        MailReceiver second = new MailReceiver(
                ReceiverSettings.defaults(receiver.port()),
                Optional::of,
                this::take,
                new MailForPeople(folder, PeopleLimits.defaults()));
        assertThatThrownBy(second::start).isInstanceOf(IOException.class);
    }

    @Test
    void strangersCantFillTheDiskWithMailForPeople() throws Exception {
        start();
        fate = Fate.FOR_PEOPLE;
        for (int mail = 0; mail < 10; mail++) {
            try (Client client = new Client().until("b+token@bounce.example")) {
                assertThat(client.data("Subject: " + mail + "\r\n\r\nhello")).startsWith("250");
            }
        }
        try (Client client = new Client().until("b+token@bounce.example")) {
            assertThat(client.data("Subject: one more\r\n\r\nhello")).startsWith("452 4.3.1");
            assertThat(client.hear()).isNull();
        }
        try (Client client = new Client().until("b+token@bounce.example")) {
            assertThat(client.data("Subject: 3\r\n\r\nhello"))
                    .as("lies there already")
                    .startsWith("250");
        }
        assertThat(people()).hasSize(10);
        fate = Fate.DONE;
        try (Client client = new Client().until("b+token@bounce.example")) {
            assertThat(client.data("Subject: a report\r\n\r\n"))
                    .as("nobody has to read it")
                    .startsWith("250");
        }
    }

    @Test
    void mailForPeopleIsLimitedInBytesToo() throws Exception {
        start();
        fate = Fate.FOR_PEOPLE;
        String longText = "x".repeat(900).concat("\r\n").repeat(1_200);
        try (Client client = new Client().until("b+token@bounce.example")) {
            assertThat(client.data("Subject: x\r\n\r\n" + longText)).startsWith("250");
        }
        try (Client client = new Client().until("b+token@bounce.example")) {
            assertThat(client.data("Subject: y\r\n\r\nhello")).startsWith("452 4.3.1");
        }
    }

    @Test
    void oneTokenWrittenInManyWaysIsOneRecipientAndOneMailIsKeptOnce() throws Exception {
        start();
        fate = Fate.FOR_PEOPLE;
        try (Client client = new Client().until("b+token@bounce.example")) {
            for (String other : List.of("B+token@bounce.example", "b+TOKEN@bounce.example", "b+token@other.example")) {
                assertThat(client.say("RCPT TO:<" + other + ">")).startsWith("250");
            }
            assertThat(client.say("RCPT TO:<b+second@bounce.example>")).startsWith("250");
            assertThat(client.data("Subject: x\r\n\r\nhello")).startsWith("250");
        }
        assertThat(taken).hasSize(2);
        assertThat(people()).hasSize(1);
    }
}
