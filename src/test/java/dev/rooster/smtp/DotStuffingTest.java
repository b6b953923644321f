package dev.rooster.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.mail.MessageBuffer;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DotStuffingTest {

    private static String stuffed(String message) {
        DotStuffing stuffing = new DotStuffing();
        stuffing.prepare(Peers.body(message));
        return new String(stuffing.bytes(), 0, stuffing.length(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                ".\\r\\n > ..\\r\\n",
                "..\\r\\n > ...\\r\\n",
                ".x\\r\\n > ..x\\r\\n",
                "x.\\r\\n > x.\\r\\n",
                "x=\\r\\n.y\\r\\n > x=\\r\\n..y\\r\\n",
                "12345678\\r\\n.\\r\\n > 12345678\\r\\n..\\r\\n",
                "12345\\r\\n.67\\r\\n.8.\\r\\n > 12345\\r\\n..67\\r\\n..8.\\r\\n",
                "no end > no end\\r\\n",
                ". > ..\\r\\n",
                "\\n.\\n > \\n..\\n\\r\\n"
            })
    void everyDotAtTheBeginningOfALineIsDoubled(String message, String expected) {
        assertThat(stuffed(unescape(message))).isEqualTo(unescape(expected));
    }

    private static String unescape(String text) {
        return text.strip().replace("\\r", "\r").replace("\\n", "\n");
    }

    @Test
    void aMessageThatNeedsNothingIsNotCopied() {
        MessageBuffer message = Peers.body("Subject: a.b\r\n\r\n" + "QUJD".repeat(1_000) + "\r\n");
        DotStuffing stuffing = new DotStuffing();
        stuffing.prepare(message);
        assertThat(stuffing.bytes()).isSameAs(message.array());
        assertThat(stuffing.length()).isEqualTo(message.length());
    }

    @Test
    void octetsOver127AreNoticedWhereverTheyAre() {
        for (int i = 0; i < 40; i++) {
            DotStuffing stuffing = new DotStuffing();
            stuffing.prepare(Peers.body("x".repeat(i) + "é" + ".".repeat(40 - i) + "\r\n"));
            assertThat(stuffing.isEightBit()).isTrue();
        }
        DotStuffing stuffing = new DotStuffing();
        stuffing.prepare(Peers.body("\u007f.\r\n"));
        assertThat(stuffing.isEightBit()).isFalse();
    }

    @Property
    void whatAServerUndoesIsWhatWeHad(@ForAll @Chars({'.', '\r', '\n'}) @CharRange(from = 'a', to = 'c') String text) {
        String message = text.replace("\r", "").replace("\n", "\r\n") + "\r\n";
        String expected = ("\r\n" + message).replace("\r\n.", "\r\n..").substring(2);
        assertThat(stuffed(message)).isEqualTo(expected);
    }

    @Property
    void whatIsSaidToHoldNoDotsIsPassedByAndNothingElse(
            @ForAll @Chars({'.', '\r', '\n', 'x'}) @CharRange(from = 'a', to = 'b') String first,
            @ForAll @CharRange(from = 'A', to = 'Z') @Chars({'\r', '\n'}) String between,
            @ForAll @Chars({'.', '\r', '\n', 'x'}) String last) {
        MessageBuffer message = new MessageBuffer();
        message.appendAscii(first);
        message.appendDotless(between.getBytes(StandardCharsets.US_ASCII));
        message.appendAscii(last);
        message.appendDotless("QUJD\r\n".getBytes(StandardCharsets.US_ASCII));
        DotStuffing stuffing = new DotStuffing();
        stuffing.prepare(message);
        assertThat(new String(stuffing.bytes(), 0, stuffing.length(), StandardCharsets.US_ASCII))
                .isEqualTo(stuffed(first + between + last + "QUJD\r\n"));
    }

    @Test
    void moreRangesThanAreRememberedAreLookedAt() {
        MessageBuffer message = new MessageBuffer();
        for (int i = 0; i < 500; i++) {
            message.appendDotless("QUJD\r\n".getBytes(StandardCharsets.US_ASCII));
            message.appendAscii(".x\r\n");
        }
        DotStuffing stuffing = new DotStuffing();
        stuffing.prepare(message);
        assertThat(new String(stuffing.bytes(), 0, stuffing.length(), StandardCharsets.US_ASCII))
                .isEqualTo("QUJD\r\n..x\r\n".repeat(500));
        message.clear();
        message.appendAscii(".y\r\n");
        stuffing.prepare(message);
        assertThat(stuffing.length()).isEqualTo(5);
    }
}
