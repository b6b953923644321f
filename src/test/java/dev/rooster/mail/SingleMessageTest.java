package dev.rooster.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SingleMessageTest {
    private final MessageBuffer out = new MessageBuffer();

    @Test
    void aTextAloneIsOnePart() {
        String message = written("구독 확인", "아래 주소를 열어 주세요.\nhttps://news.example.com/c/abc\n", null);
        assertThat(StrictMime.field(message, "Content-Type")).isEqualTo("text/plain; charset=UTF-8");
        String body = message.substring(message.indexOf("\r\n\r\n") + 4);
        assertThat(StrictMime.field(message, "Content-Transfer-Encoding")).isEqualTo("base64");
        assertThat(StrictMime.decodeBase64(body.substring(0, body.length() - 2)))
                .isEqualTo("아래 주소를 열어 주세요.\r\nhttps://news.example.com/c/abc\r\n");
    }

    @Test
    void itSaysThatAMachineWroteIt() {
        String message = written("구독 확인", "본문", "<p>본문</p>");
        assertThat(StrictMime.field(message, "Auto-Submitted")).isEqualTo("auto-generated");
        assertThat(StrictMime.field(message, "X-Auto-Response-Suppress")).isEqualTo("OOF, AutoReply");
        assertThat(StrictMime.field(message, "Content-Type")).startsWith("multipart/alternative;");
        assertThat(StrictMime.fields(message)).noneMatch(f -> f.startsWith("List-") || f.startsWith("Precedence"));
    }

    @Test
    void aSubjectWithALineBreakIsRefused() {
        assertThatThrownBy(() -> written("제목\r\nBcc: x@y.com", "본문", null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aMessageWithoutATextIsRefused() {
        for (String text : new String[] {null, "", " \n\n"}) {
            assertThatThrownBy(() -> written("제목", text, "<p>본문</p>")).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private String written(String subject, String text, String html) {
        SingleMessage message = new SingleMessage(
                EmailAddress.of("notice@news.example.com"),
                "주간 인공지능",
                EmailAddress.of("editor@example.com"),
                EmailAddress.of("kim@naver.com"),
                "김민수",
                subject,
                OffsetDateTime.parse("2026-12-02T07:00:00+09:00"),
                "n1@news.example.com",
                text,
                html);
        message.write(Optional.empty(), out);
        StrictMime.assertWireForm(out.toByteArray(), 76);
        return new String(out.array(), 0, out.length(), StandardCharsets.US_ASCII);
    }
}
