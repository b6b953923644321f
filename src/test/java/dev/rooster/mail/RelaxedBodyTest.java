package dev.rooster.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.apache.james.jdkim.canon.RelaxedBodyCanonicalizer;
import org.junit.jupiter.api.Test;

class RelaxedBodyTest {
    private static final char LINE_END = 'n';

    private static String relaxed(String body) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (RelaxedBodyCanonicalizer canonical = new RelaxedBodyCanonicalizer(out)) {
            canonical.write(body.getBytes(StandardCharsets.UTF_8));
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static MessageBuffer message(String... bodyInTurns) {
        MessageBuffer message = new MessageBuffer();
        message.appendAscii("Subject: two  blanks\t\r\n\r\n");
        for (int i = 0; i < bodyInTurns.length; i++) {
            byte[] octets = bodyInTurns[i].getBytes(StandardCharsets.UTF_8);
            if (i % 2 == 0) {
                message.append(octets);
            } else {
                message.appendDotless(octets);
            }
        }
        return message;
    }

    private static int bodyOf(MessageBuffer message) {
        return "Subject: two  blanks\t\r\n\r\n".length();
    }

    @Property(tries = 3_000)
    void whatIsTakenForCanonicalTheLibraryLeavesAsItIs(
            @ForAll @Chars({'a', ' ', '\t', '\r', '\n', LINE_END}) @StringLength(max = 9) String first,
            @ForAll @Chars({'a', ' ', '\t', '\r', '\n', LINE_END}) @StringLength(max = 9) String last)
            throws IOException {
        String before = first.replace("" + LINE_END, "\r\n");
        String after = last.replace("" + LINE_END, "\r\n") + "\r\n";
        String body = before + "QUJD\r\n" + after;
        MessageBuffer message = message(before, "QUJD\r\n", after);
        if (RelaxedBody.isCanonical(message, bodyOf(message))) {
            assertThat(relaxed(body)).isEqualTo(body);
        }
    }

    @Test
    void itIsRecognisedWhereItIs() {
        MessageBuffer message = message("--b\r\nContent-Type: text/plain\r\n\r\n", "QUJD\r\n", "--b--\r\n");
        assertThat(RelaxedBody.isCanonical(message, bodyOf(message))).isTrue();
        for (String not :
                new String[] {"", "\r\n", "a", "a \r\n", "a  b\r\n", "a\tb\r\n", "a\r\n\r\n", "a\nb\r\n", "a\rb\r\n"}) {
            MessageBuffer other = message(not);
            assertThat(RelaxedBody.isCanonical(other, bodyOf(other)))
                    .as("'%s'", not)
                    .isFalse();
        }
    }
}
