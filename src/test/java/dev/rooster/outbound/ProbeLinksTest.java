package dev.rooster.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.rooster.fixtures.Databases;
import dev.rooster.review.LinkProbe.Kind;
import dev.rooster.review.LinkProbe.LinkAnswer;
import dev.rooster.sandbox.ServerCertificate;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Names are those of the test: {@code open.test} is this machine and allowed, {@code inner.test} is it too and is not. */
class ProbeLinksTest {
    private static final LinkPatience PATIENCE =
            new LinkPatience(Duration.ofMillis(400), Duration.ofSeconds(2), Duration.ofSeconds(10), 20, 4);

    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            String path = exchange.getRequestURI().getPath();
            if (path.equals("/moved")) {
                exchange.getResponseHeaders().add("Location", "/good?x=1");
            } else if (path.equals("/inner")) {
                exchange.getResponseHeaders().add("Location", "http://inner.test:" + port() + "/secret");
            } else if (path.equals("/round")) {
                exchange.getResponseHeaders().add("Location", "/round");
            } else if (path.equals("/file")) {
                exchange.getResponseHeaders().add("Location", "file:///etc/passwd");
            }
            int status = switch (path) {
                case "/good" -> 200;
                case "/moved", "/inner", "/round", "/file" -> 302;
                case "/get-only" -> exchange.getRequestMethod().equals("HEAD") ? 405 : 200;
                case "/robots" -> 403;
                case "/broken" -> 500;
                default -> 404;
            };
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private int port() {
        return server.getAddress().getPort();
    }

    private URI link(String path) {
        return URI.create("http://open.test:" + port() + path);
    }

    private static InetAddress[] names(String host) throws UnknownHostException {
        return switch (host) {
            case "open.test" -> new InetAddress[] {InetAddress.getByName("127.0.0.1")};
            case "inner.test" -> new InetAddress[] {InetAddress.getByName("127.0.0.2")};
            default -> throw new UnknownHostException(host);
        };
    }

    private static List<LinkAnswer> probe(URI... links) {
        return new ProbeLinks(
                        ProbeLinksTest::names,
                        address -> address.getHostAddress().equals("127.0.0.1"),
                        PATIENCE)
                .probe(List.of(links));
    }

    private static Kind kind(URI link) {
        return probe(link).get(0).kind();
    }

    @Test
    void answersAreToldApart() {
        assertThat(kind(link("/good"))).isEqualTo(Kind.ANSWERED);
        assertThat(kind(link("/moved"))).isEqualTo(Kind.ANSWERED);
        assertThat(kind(link("/get-only"))).isEqualTo(Kind.ANSWERED);
        assertThat(kind(link("/missing"))).isEqualTo(Kind.GONE);
        assertThat(kind(link("/robots"))).isEqualTo(Kind.KEEPS_ROBOTS_OUT);
        assertThat(kind(link("/broken"))).isEqualTo(Kind.FAILING);
        assertThat(kind(link("/round"))).isEqualTo(Kind.FAILING);
        assertThat(kind(link("/file"))).isEqualTo(Kind.FAILING);
        assertThat(kind(URI.create("http://nowhere.test/"))).isEqualTo(Kind.NO_SUCH_HOST);
    }

    @Test
    void aCertificateThatNobodyVouchesForIsSaidSo() throws Exception {
        ServerCertificate own = ServerCertificate.create(Databases.temporaryFolder(), "open.test");
        HttpsServer secure = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        secure.setHttpsConfigurator(new HttpsConfigurator(own.context()));
        secure.start();
        try {
            assertThat(kind(URI.create(
                            "https://open.test:" + secure.getAddress().getPort() + "/good")))
                    .isEqualTo(Kind.BAD_CERTIFICATE);
        } finally {
            secure.stop(0);
        }
    }

    @Test
    void nothingInAPrivateNetworkIsAskedNeitherDirectlyNorByARedirect() {
        assertThat(kind(URI.create("http://inner.test:" + port() + "/secret"))).isEqualTo(Kind.PRIVATE);
        assertThat(kind(link("/inner"))).isEqualTo(Kind.PRIVATE);
        assertThat(asked).noneMatch(request -> request.contains("secret"));

        ProbeLinks real = new ProbeLinks(false, PATIENCE);
        for (String host : List.of("127.0.0.1", "localhost", "[::1]", "0x7f.1", "2130706433")) {
            asked.clear();
            URI link = URI.create("http://" + host + ":" + port() + "/good");
            if (link.getHost() != null) {
                assertThat(real.probe(List.of(link)).get(0).kind()).isIn(Kind.PRIVATE, Kind.NO_SUCH_HOST);
            }
            assertThat(asked).isEmpty();
        }
    }

    @Test
    void aServerThatHangsCostsItsPatienceOnly() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            long began = System.nanoTime();
            assertThat(kind(URI.create("http://open.test:" + silent.getLocalPort() + "/")))
                    .isEqualTo(Kind.UNREACHABLE);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(3));
        }
    }

    @Test
    void moreLinksThanTheCapAreNotAsked() {
        URI[] links = IntStream.range(0, 25).mapToObj(i -> link("/good?" + i)).toArray(URI[]::new);
        List<LinkAnswer> answers = probe(links);
        assertThat(answers).hasSize(25);
        assertThat(answers.subList(20, 25)).allMatch(answer -> answer.kind() == Kind.NOT_ASKED);
        assertThat(asked).hasSize(20);
    }
}
