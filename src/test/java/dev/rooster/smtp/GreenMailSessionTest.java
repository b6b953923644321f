package dev.rooster.smtp;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class GreenMailSessionTest extends RelaySessionContract {
    private GreenMail greenMail;

    @BeforeEach
    void start() {
        greenMail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        greenMail.start();
    }

    @AfterEach
    void stop() {
        greenMail.stop();
    }

    @Override
    RelaySettings server() {
        return RelaySettings.defaults("127.0.0.1")
                .withPort(greenMail.getSmtp().getPort())
                .withTls(RelaySettings.Tls.NONE)
                .withHelo("client.test")
                .withTimeouts(RelayTimeouts.defaults().atMost(Duration.ofSeconds(20)));
    }

    @Override
    List<String> received(String rcpt) {
        return Arrays.stream(greenMail.getReceivedMessagesForDomain(rcpt))
                .map(GreenMailUtil::getWholeMessage)
                .toList();
    }
}
