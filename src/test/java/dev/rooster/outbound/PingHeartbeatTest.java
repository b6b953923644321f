package dev.rooster.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PingHeartbeatTest {
    @Test
    void theAddressIsCalledOnlyWhileAllIsWell() throws Exception {
        try (HttpEar ear = new HttpEar()) {
            AtomicReference<Optional<String>> trouble = new AtomicReference<>(Optional.empty());
            PingHeartbeat heartbeat =
                    new PingHeartbeat(new HeartbeatSettings(ear.url("/ping/abc"), Duration.ofSeconds(5)), trouble::get);
            assertThat(heartbeat.run()).isTrue();
            trouble.set(Optional.of("slots is overdue"));
            assertThat(heartbeat.run()).isFalse();
            assertThat(ear.heard).containsExactly("GET /ping/abc ");
            trouble.set(Optional.empty());
            ear.status = 503;
            assertThat(heartbeat.run()).isFalse();
            ear.status = 204;
            assertThat(heartbeat.run()).isTrue();
            assertThat(ear.heard).hasSize(3);
        }
    }

    @Test
    void whatCantEvenBeAskedIsNotWell() throws Exception {
        try (HttpEar ear = new HttpEar()) {
            PingHeartbeat heartbeat =
                    new PingHeartbeat(new HeartbeatSettings(ear.url("/"), Duration.ofSeconds(5)), () -> {
                        throw new IllegalStateException("the database is gone");
                    });
            assertThat(heartbeat.run()).isFalse();
            assertThat(ear.heard).isEmpty();
        }
    }

    @Test
    void anAnswerWithoutEndIsAnAnswer() throws Exception {
        try (EndlessAnswer endless = new EndlessAnswer()) {
            PingHeartbeat heartbeat =
                    new PingHeartbeat(new HeartbeatSettings(endless.url(), Duration.ofSeconds(5)), Optional::empty);
            assertTimeoutPreemptively(
                    Duration.ofSeconds(10), () -> assertThat(heartbeat.run()).isTrue());
        }
    }

    @Test
    void anAddressThatHangsCostsItsTimeOutOnly() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            PingHeartbeat heartbeat = new PingHeartbeat(
                    new HeartbeatSettings(
                            URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/"), Duration.ofMillis(300)),
                    Optional::empty);
            long began = System.nanoTime();
            assertThat(heartbeat.run()).isFalse();
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(3));
        }
    }
}
