package dev.rooster.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;

/** Against a small name server on loopback. */
class DnsjavaLookupTest {
    private DatagramSocket server;

    @BeforeEach
    void serve() throws IOException {
        server = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread thread = new Thread(this::answerAll, "test-dns");
        thread.setDaemon(true);
        thread.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void stringsOfOneRecordAreJoined() {
        assertThat(find("key.news.kr", DnsLookup.Type.TXT)).isEqualTo(new DnsAnswer.Found(List.of("v=DKIM1; p=abcd")));
    }

    @Test
    void exchangersComeInOrderOfPreference() {
        assertThat(find("news.kr", DnsLookup.Type.MX))
                .isEqualTo(new DnsAnswer.Found(List.of("a.news.kr", "b.news.kr")));
        assertThat(find("null.kr", DnsLookup.Type.MX)).isEqualTo(new DnsAnswer.Found(List.of(".")));
    }

    @Test
    void addressesAreFound() {
        assertThat(find("www.news.kr", DnsLookup.Type.ADDRESS)).isEqualTo(new DnsAnswer.Found(List.of("192.0.2.7")));
    }

    @Test
    void aNameThatDoesNotExistIsNone() {
        assertThat(find("nowhere.kr", DnsLookup.Type.TXT)).isEqualTo(new DnsAnswer.None());
        assertThat(find("x".repeat(64) + ".kr", DnsLookup.Type.TXT)).isEqualTo(new DnsAnswer.None());
    }

    @Test
    void aFailingOrSilentServerIsUnanswered() {
        assertThat(find("broken.kr", DnsLookup.Type.TXT)).isInstanceOf(DnsAnswer.Unanswered.class);
        assertThat(find("silent.kr", DnsLookup.Type.TXT)).isInstanceOf(DnsAnswer.Unanswered.class);
    }

    private DnsAnswer find(String name, DnsLookup.Type type) {
        SimpleResolver resolver =
                new SimpleResolver(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort()));
        resolver.setTimeout(Duration.ofSeconds(1));
        return new DnsjavaLookup(Duration.ofSeconds(5), resolver).find(name, type);
    }

    private void answerAll() {
        byte[] buffer = new byte[4096];
        while (!server.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                server.receive(packet);
                Message answer = answer(new Message(buffer.clone()));
                if (answer != null) {
                    byte[] bytes = answer.toWire();
                    server.send(new DatagramPacket(bytes, bytes.length, packet.getSocketAddress()));
                }
            } catch (SocketException e) {
                return;
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static Message answer(Message query) throws IOException {
        Record question = query.getQuestion();
        Name name = question.getName();
        Message answer = new Message(query.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.addRecord(question, Section.QUESTION);
        switch (name.toString() + " " + org.xbill.DNS.Type.string(question.getType())) {
            case "key.news.kr. TXT" ->
                answer.addRecord(new TXTRecord(name, DClass.IN, 60, List.of("v=DKIM1; p=ab", "cd")), Section.ANSWER);
            case "news.kr. MX" -> {
                answer.addRecord(exchanger(name, 20, "b.news.kr."), Section.ANSWER);
                answer.addRecord(exchanger(name, 10, "a.news.kr."), Section.ANSWER);
            }
            case "null.kr. MX" -> answer.addRecord(exchanger(name, 0, "."), Section.ANSWER);
            case "www.news.kr. A" ->
                answer.addRecord(
                        new ARecord(name, DClass.IN, 60, InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 7})),
                        Section.ANSWER);
            case "broken.kr. TXT" -> answer.getHeader().setRcode(Rcode.SERVFAIL);
            case "silent.kr. TXT" -> {
                return null;
            }
            default -> answer.getHeader().setRcode(Rcode.NXDOMAIN);
        }
        return answer;
    }

    private static MXRecord exchanger(Name name, int priority, String target) throws IOException {
        return new MXRecord(name, DClass.IN, 60, priority, Name.fromString(target));
    }
}
