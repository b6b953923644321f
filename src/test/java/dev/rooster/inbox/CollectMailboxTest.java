package dev.rooster.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.icegreen.greenmail.imap.ImapHostManager;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.StoredMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.rooster.fixtures.Databases;
import dev.rooster.inbox.MailTaker.Fate;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class CollectMailboxTest {
    private static final String SECRET = "s3cret-Pa55";
    private final Path folder = Databases.temporaryFolder().resolve("people");
    private GreenMail greenMail;
    private GreenMailUser user;

    @BeforeEach
    void start() {
        greenMail = new GreenMail(new ServerSetup[] {
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP),
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_POP3)
        });
        greenMail.start();
        user = greenMail.setUser("bounces@example.com", "bounces", SECRET);
    }

    @AfterEach
    void stop() {
        greenMail.stop();
    }

    private MailboxSettings settings(MailboxSettings.Protocol protocol, String secret, int mailsMax) {
        int port = protocol == MailboxSettings.Protocol.IMAP
                ? greenMail.getImap().getPort()
                : greenMail.getPop3().getPort();
        return new MailboxSettings(
                "bounces",
                protocol,
                "127.0.0.1",
                port,
                MailboxSettings.Tls.NONE,
                null,
                "bounces",
                new MailboxLogin.Password(secret),
                "INBOX",
                "For people",
                Duration.ofMinutes(5),
                true,
                mailsMax);
    }

    private static MailboxConnection connection(MailboxSettings settings) {
        return new MailboxConnection(settings, InstantSource.system());
    }

    private CollectMailbox collector(MailboxSettings.Protocol protocol) {
        return new CollectMailbox(
                connection(settings(protocol, SECRET, 100)), new MailForPeople(folder, PeopleLimits.defaults()));
    }

    private void deliver(String... subjects) throws Exception {
        for (String subject : subjects) {
            String mail = "From: a@x.test\r\nSubject: " + subject + "\r\n\r\nbody of " + subject + "\r\n";
            user.deliver(new MimeMessage(null, new ByteArrayInputStream(mail.getBytes(StandardCharsets.UTF_8))));
        }
    }

    private List<String> subjects(String mailbox) throws FolderException {
        ImapHostManager manager = greenMail.getManagers().getImapHostManager();
        var found = manager.getFolder(user, mailbox);
        List<String> subjects = new ArrayList<>();
        if (found != null) {
            for (StoredMessage message : found.getMessages()) {
                try {
                    subjects.add(message.getMimeMessage().getSubject());
                } catch (jakarta.mail.MessagingException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
        return subjects;
    }

    private static String subject(byte[] mail) {
        return new String(mail, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("Subject: "))
                .findFirst()
                .orElseThrow()
                .substring(9);
    }

    @ParameterizedTest
    @EnumSource(MailboxSettings.Protocol.class)
    void whatIsDoneGoesAndWhatIsForPeopleIsKeptForThem(MailboxSettings.Protocol protocol) throws Exception {
        deliver("one", "letter", "two");
        List<String> taken = new ArrayList<>();
        Collected collected = collector(protocol).collect(mail -> {
            taken.add(subject(mail));
            assertThat(new String(mail, StandardCharsets.UTF_8)).contains("\r\n\r\nbody of " + subject(mail));
            return subject(mail).equals("letter") ? Fate.FOR_PEOPLE : Fate.DONE;
        });
        assertThat(collected).isEqualTo(new Collected(2, 1, 0, 0));
        assertThat(taken).containsExactly("one", "letter", "two");
        assertThat(subjects("INBOX")).isEmpty();
        if (protocol == MailboxSettings.Protocol.IMAP) {
            assertThat(subjects("For people")).containsExactly("letter");
        } else {
            try (var files = Files.list(folder)) {
                assertThat(files.map(CollectMailboxTest::content))
                        .singleElement()
                        .satisfies(text -> assertThat(text).contains("Subject: letter"));
            }
        }
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @EnumSource(MailboxSettings.Protocol.class)
    void aMailThatCouldNotBeTakenStaysAndTheOthersAreNotHeldUp(MailboxSettings.Protocol protocol) throws Exception {
        deliver("one", "poison", "two");
        Collected collected = collector(protocol).collect(mail -> {
            if (subject(mail).equals("poison")) {
                throw new IllegalStateException("the database is away");
            }
            return Fate.DONE;
        });
        assertThat(collected).isEqualTo(new Collected(2, 0, 1, 0));
        assertThat(subjects("INBOX")).containsExactly("poison");
    }

    @Test
    void whenNothingCanBeTakenItStopsAndEverythingStays() throws Exception {
        deliver("one", "two", "three", "four", "five");
        Collected collected = collector(MailboxSettings.Protocol.IMAP).collect(mail -> {
            throw new IllegalStateException("the database is away");
        });
        assertThat(collected).isEqualTo(new Collected(0, 0, 3, 0));
        assertThat(subjects("INBOX")).hasSize(5);
    }

    @Test
    void oneCollectionTakesNoMoreThanItsLimit() throws Exception {
        deliver("one", "two", "three");
        CollectMailbox collector = new CollectMailbox(
                connection(settings(MailboxSettings.Protocol.IMAP, SECRET, 2)),
                new MailForPeople(folder, PeopleLimits.defaults()));
        assertThat(collector.collect(mail -> Fate.DONE)).isEqualTo(new Collected(2, 0, 0, 1));
        assertThat(subjects("INBOX")).containsExactly("three");
    }

    @ParameterizedTest
    @EnumSource(MailboxSettings.Protocol.class)
    void aWrongPasswordAndASilentPortAreToldApart(MailboxSettings.Protocol protocol) throws Exception {
        CollectMailbox wrong = new CollectMailbox(
                connection(settings(protocol, "wrong-one", 100)), new MailForPeople(folder, PeopleLimits.defaults()));
        MailboxUnavailable login = catchThrowableOfType(MailboxUnavailable.class, wrong::count);
        assertThat(login.kind()).isEqualTo(MailboxUnavailable.Kind.LOGIN);
        assertThat(login.getMessage()).doesNotContain("wrong-one");
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = socket.getLocalPort();
        }
        MailboxSettings nobody = new MailboxSettings(
                "bounces",
                protocol,
                "127.0.0.1",
                port,
                MailboxSettings.Tls.NONE,
                null,
                "bounces",
                new MailboxLogin.Password(SECRET),
                "INBOX",
                "For people",
                Duration.ofMinutes(5),
                true,
                10);
        MailboxUnavailable connect = catchThrowableOfType(
                MailboxUnavailable.class,
                () -> new CollectMailbox(connection(nobody), new MailForPeople(folder, PeopleLimits.defaults()))
                        .count());
        assertThat(connect.kind()).isEqualTo(MailboxUnavailable.Kind.CONNECT);
    }

    @Test
    void aPasswordIsNotSentInClearToAnotherMachine() {
        MailboxSettings elsewhere = new MailboxSettings(
                "bounces",
                MailboxSettings.Protocol.IMAP,
                "192.0.2.1",
                143,
                MailboxSettings.Tls.NONE,
                null,
                "bounces",
                new MailboxLogin.Password(SECRET),
                "INBOX",
                "For people",
                Duration.ofMinutes(5),
                true,
                10);
        MailboxUnavailable refused = catchThrowableOfType(
                MailboxUnavailable.class,
                () -> new CollectMailbox(connection(elsewhere), new MailForPeople(folder, PeopleLimits.defaults()))
                        .count());
        assertThat(refused.kind()).isEqualTo(MailboxUnavailable.Kind.TLS);
    }
}
