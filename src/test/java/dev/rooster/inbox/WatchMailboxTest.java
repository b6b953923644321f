package dev.rooster.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.fixtures.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WatchMailboxTest {
    private static final Duration LONG = Duration.ofMinutes(9);
    private static final Duration SHORT = Duration.ofMillis(20);

    private final Semaphore woken = new Semaphore(0);

    static MailboxSettings settings(int port, MailboxLogin login) {
        return new MailboxSettings(
                "bounces",
                MailboxSettings.Protocol.IMAP,
                "127.0.0.1",
                port,
                MailboxSettings.Tls.NONE,
                null,
                "bounces@example.com",
                login,
                "INBOX",
                "For people",
                Duration.ofMinutes(5),
                true,
                100);
    }

    private WatchMailbox watch(ScriptedImapPeer peer, Duration idleMax) {
        SettableClock clock = SettableClock.at("2026-11-25T00:00:00Z");
        WatchMailbox watch = new WatchMailbox(
                new MailboxConnection(settings(peer.port(), new MailboxLogin.Password("x")), clock),
                woken::release,
                new SplittableRandom(1),
                idleMax,
                SHORT);
        watch.start();
        return watch;
    }

    private void assertWoken() throws InterruptedException {
        assertThat(woken.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
    }

    private static void awaitCommand(ScriptedImapPeer peer, String command) throws InterruptedException {
        String heard;
        do {
            heard = peer.heard.poll(30, TimeUnit.SECONDS);
            assertThat(heard).as("waiting for " + command).isNotNull();
        } while (!heard.equals(command));
    }

    @Test
    void theCollectionIsWokenWhenMailComesAndWhenItCameBefore() throws Exception {
        try (ScriptedImapPeer peer = new ScriptedImapPeer("IMAP4rev1 IDLE");
                WatchMailbox watch = watch(peer, LONG)) {
            awaitCommand(peer, "IDLE");
            assertThat(woken.availablePermits()).isZero();
            peer.mail();
            assertWoken();
            awaitCommand(peer, "IDLE");
            peer.mail();
            assertWoken();
            awaitCommand(peer, "IDLE");
            peer.hangUp();
            assertWoken(); // two mails are there when it connects again
            awaitCommand(peer, "IDLE");
            peer.mail();
            assertWoken();
            assertThat(watch).isNotNull();
        }
    }

    @Test
    void idleIsEndedAndBegunAgainBeforeItsTimeIsUp() throws Exception {
        try (ScriptedImapPeer peer = new ScriptedImapPeer("IMAP4rev1 IDLE");
                WatchMailbox watch = watch(peer, Duration.ofMillis(1_100))) {
            for (int i = 0; i < 2; i++) {
                awaitCommand(peer, "IDLE");
                awaitCommand(peer, "DONE");
            }
            awaitCommand(peer, "IDLE");
            peer.mail();
            assertWoken();
            assertThat(watch).isNotNull();
        }
    }

    @Test
    void aServerWithoutIdleIsLeftToTheRhythm() throws Exception {
        try (ScriptedImapPeer peer = new ScriptedImapPeer("IMAP4rev1");
                WatchMailbox watch = watch(peer, LONG)) {
            awaitCommand(peer, "LOGOUT");
            assertThat(List.copyOf(peer.heard)).doesNotContain("IDLE");
            assertThat(thread()).as("its thread ends").satisfies(thread -> {
                if (thread != null) {
                    thread.join(30_000);
                    assertThat(thread.isAlive()).isFalse();
                }
            });
            assertThat(watch).isNotNull();
        }
    }

    @Test
    void itIsClosedWhileItIdlesAndWhileItWaitsForAServer() throws Exception {
        ScriptedImapPeer peer = new ScriptedImapPeer("IMAP4rev1 IDLE");
        WatchMailbox idling = watch(peer, LONG);
        awaitCommand(peer, "IDLE");
        Thread thread = thread();
        idling.close();
        assertThat(thread.isAlive()).isFalse();
        WatchMailbox waiting = watch(peer, LONG);
        awaitCommand(peer, "IDLE");
        peer.close();
        waiting.close();
        assertThat(thread()).isNull();
    }

    private static Thread thread() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("rooster-mailbox-bounces"))
                .findFirst()
                .orElse(null);
    }
}
