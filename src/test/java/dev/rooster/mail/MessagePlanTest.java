package dev.rooster.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;

class MessagePlanTest {
    private final MessageBuffer out = new MessageBuffer(64);

    @Provide
    Arbitrary<Skeleton> skeletons() {
        return MailTexts.skeletons();
    }

    @Provide
    Arbitrary<MergeValues> values() {
        return MailTexts.values();
    }

    @Provide
    Arbitrary<String> subjects() {
        return MailTexts.lines().filter(subject -> !subject.isBlank());
    }

    @Provide
    Arbitrary<String> names() {
        return MailTexts.bodies();
    }

    @Test
    void theHeadersAreTheseInThisOrderAndNoOthers() {
        String message = written(plan("이번 주 AI 소식"), Samples.JIU, Samples.copy());
        assertThat(StrictMime.fields(message).stream().map(f -> f.substring(0, f.indexOf(':'))))
                .containsExactly(
                        "Date",
                        "From",
                        "To",
                        "Reply-To",
                        "Subject",
                        "List-Id",
                        "Message-ID",
                        "List-Unsubscribe",
                        "List-Unsubscribe-Post",
                        "Feedback-ID",
                        "Precedence",
                        "MIME-Version",
                        "Content-Type");
        assertThat(StrictMime.field(message, "Date")).isEqualTo("Wed, 2 Dec 2026 07:00:00 +0900");
        assertThat(StrictMime.field(message, "List-Unsubscribe-Post")).isEqualTo("List-Unsubscribe=One-Click");
        assertThat(StrictMime.field(message, "List-Unsubscribe"))
                .startsWith("<https://news.example.com/u/" + Samples.TOKEN + ">,\r\n <mailto:u+")
                .endsWith("@bounce.example.com?subject=unsubscribe>");
        assertThat(StrictMime.field(message, "List-Id"))
                .matches("(?s)=\\?UTF-8\\?B\\?.*\\?=\\s+<ai-weekly.lists.example.com>");
        assertThat(StrictMime.field(message, "MIME-Version")).isEqualTo("1.0");
        assertThat(StrictMime.field(message, "Feedback-ID")).isEqualTo("i48:ai-weekly:issue:rooster1");
    }

    @Test
    void theRecipientStandsInToAndNowhereElse() {
        String message = written(plan("제목"), Samples.JIU, Samples.copy());
        String withoutTo = message.replace("<kim@naver.com>", "");
        assertThat(withoutTo.toLowerCase(Locale.ROOT)).doesNotContain("kim@naver.com", "return-path", "x-");
    }

    @Test
    void jakartaMailReadsTheSameTextsThatWereMerged() throws Exception {
        MimeMessage message = parsed(written(plan("이번 주 AI 소식: “에이전트”의 시대"), Samples.JIU, Samples.copy()));
        assertThat(message.getSubject()).isEqualTo("이번 주 AI 소식: “에이전트”의 시대");
        InternetAddress from = (InternetAddress) message.getFrom()[0];
        assertThat(from.getPersonal()).isEqualTo("주간 인공지능");
        assertThat(from.getAddress()).isEqualTo("weekly@news.example.com");
        InternetAddress to = (InternetAddress) message.getRecipients(Message.RecipientType.TO)[0];
        assertThat(to.getPersonal()).isEqualTo("김민수");
        MimeMultipart parts = (MimeMultipart) message.getContent();
        assertThat(message.isMimeType("multipart/alternative")).isTrue();
        assertThat(parts.getCount()).isEqualTo(2);
        assertThat(parts.getBodyPart(0).isMimeType("text/plain")).isTrue();
        assertThat(parts.getBodyPart(1).isMimeType("text/html")).isTrue();
        assertThat(parts.getBodyPart(0).getContent())
                .isEqualTo(crlf(Samples.text().merge(Samples.JIU)));
        String html = (String) parts.getBodyPart(1).getContent();
        assertThat(html).isEqualTo(crlf(Samples.html().merge(Samples.JIU)));
        assertThat(Jsoup.parse(html).selectFirst("a").attr("href"))
                .isEqualTo("https://news.example.com/u/" + Samples.TOKEN);
    }

    @Property(tries = 300)
    void anyTextsSubjectsAndNamesGiveAMessageInWireForm(
            @ForAll("skeletons") Skeleton text,
            @ForAll("skeletons") Skeleton html,
            @ForAll("values") MergeValues values,
            @ForAll("subjects") String subject,
            @ForAll("names") String name)
            throws Exception {
        MessagePlan plan = MessagePlan.compile(Samples.headers(subject), text, html, Optional.empty());
        String message = written(plan, values, Samples.copy("kim@naver.com", name));
        StrictMime.assertWireForm(message.getBytes(StandardCharsets.UTF_8), 998);
        assertThat(StrictMime.fields(message)).hasSize(13);
        for (String field : StrictMime.fields(message)) {
            for (String line : field.split("\r\n")) {
                // What cannot be folded is one token; everything else keeps to 76.
                assertThat(line.length() <= 76
                                || !line.strip()
                                        .replaceFirst("^[A-Za-z-]+: ", "")
                                        .contains(" "))
                        .as(line)
                        .isTrue();
            }
        }
        assertThat(StrictMime.decodeHeader(StrictMime.field(message, "Subject")))
                .isEqualTo(subject);
        MimeMessage parsed = parsed(message);
        assertThat(MimeUtility.decodeText(MimeUtility.unfold(StrictMime.field(message, "Subject"))))
                .isEqualTo(subject);
        assertThat(parsed.getRecipients(Message.RecipientType.TO)).hasSize(1);
        MimeMultipart parts = (MimeMultipart) parsed.getContent();
        assertThat(parts.getCount()).isEqualTo(2);
        assertThat(parts.getBodyPart(0).getContent()).isEqualTo(crlf(text.merge(values)));
        assertThat(parts.getBodyPart(1).getContent()).isEqualTo(crlf(html.merge(values)));
    }

    @Test
    void aNameCannotAddAHeader() {
        for (String name : List.of(
                "이름\r\nBcc: x@y.com",
                "Kim\r\nBcc: x@y.com\r\n\r\nbody",
                "=?UTF-8?B?DQpCY2M6IHhAeS5jb20=?=",
                "a\u2028Bcc: x@y.com")) {
            String message = written(plan("제목"), Samples.JIU, Samples.copy("kim@naver.com", name));
            assertThat(StrictMime.fields(message)).hasSize(13).noneMatch(f -> f.startsWith("Bcc"));
        }
    }

    @Test
    void whatIsBadForAllCopiesStopsTheCompiling() {
        for (String subject : List.of("제목\r\nBcc: x@y.com", "a\nb", "a\u0000b", "", " ")) {
            assertThatThrownBy(() -> plan(subject)).isInstanceOf(IllegalArgumentException.class);
        }
        MessageHeaders headers = Samples.headers("제목");
        assertThatThrownBy(
                        () -> MessagePlan.compile(headers, Skeleton.of("a\u0007"), Skeleton.of("b"), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("U+0007");
    }

    @Test
    void aLinkThatCannotStandInAHeaderIsRefused() {
        for (String url : List.of(
                "https://news.example.com/u/" + "x".repeat(5000),
                "https://news.example.com/u/a>\r\nBcc: x@y.com",
                "https://news.example.com/u/a b",
                "https://news.example.com/u/가",
                "javascript:alert(1)")) {
            CopyIdentity copy = new CopyIdentity(EmailAddress.of("a@b.kr"), null, "id@example.com", url, null);
            assertThatThrownBy(() -> plan("제목").write(Samples.JIU, copy, out))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        for (String id : List.of("a b@example.com", "a@b@c", "<a@b>", "a..b@example.com", "a@b\r\nX: y")) {
            CopyIdentity copy =
                    new CopyIdentity(EmailAddress.of("a@b.kr"), null, id, "https://news.example.com/u/a", null);
            assertThatThrownBy(() -> plan("제목").write(Samples.JIU, copy, out))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aMessageIdThatFitsOnALineOfItsOwnStandsThere() {
        String id = "i".repeat(55) + "@news.abc.com";
        CopyIdentity copy = new CopyIdentity(EmailAddress.of("a@b.kr"), null, id, "https://news.example.com/u/a", null);
        String message = written(plan("제목"), Samples.JIU, copy);
        assertThat(message).contains("Message-ID:\r\n <" + id + ">\r\n");
        assertThat(StrictMime.field(message, "Message-ID")).isEqualTo("<" + id + ">");
        assertThat(StrictMime.field(message, "List-Unsubscribe")).isEqualTo("<https://news.example.com/u/a>");
    }

    @Test
    void theSameCopyIsTheSameOctetsEachTimeAndOnEveryNode() {
        String once = written(plan("제목"), Samples.JIU, Samples.copy());
        assertThat(written(plan("제목"), Samples.JIU, Samples.copy())).isEqualTo(once);
    }

    @Test
    void aKoreanLocalPartStandsInToAsUtf8() {
        plan("제목").write(Samples.JIU, Samples.copy("사용자@예시.한국", "김민수"), out);
        String message = new String(out.array(), 0, out.length(), StandardCharsets.UTF_8);
        assertThat(StrictMime.field(message, "To")).endsWith("<사용자@xn--vv4b11d.xn--3e0b707e>");
    }

    @Test
    void theSizeOfEachEncodedPartIsKnownBeforeSending() {
        PartSizes sizes = plan("제목").sizes(Samples.JIU);
        String message = written(plan("제목"), Samples.JIU, Samples.copy());
        String boundary = "--" + message.replaceAll("(?s).*boundary=\"([^\"]+)\".*", "$1");
        String[] parts = message.split("\\Q" + boundary + "\\E(--)?\r\n");
        assertThat(parts).hasSize(3);
        assertThat(sizes.textBytes()).isEqualTo(parts[1].length() - parts[1].indexOf("\r\n\r\n") - 4 - 2);
        assertThat(sizes.htmlBytes()).isEqualTo(parts[2].length() - parts[2].indexOf("\r\n\r\n") - 4 - 2);
    }

    @Test
    void headersAreStoredAndReadBack() {
        MessageHeaders headers = Samples.headers("제목: 콜론, \"따옴표\" [괄호]");
        assertThat(MessageHeaders.parse(headers.format())).isEqualTo(headers);
        MessageHeaders bare =
                new MessageHeaders(headers.from(), null, null, "s", headers.date(), "", headers.listId(), null);
        assertThat(MessageHeaders.parse(bare.format())).isEqualTo(bare);
    }

    @Test
    void aFeedbackIdOfAnotherShapeIsRefused() {
        MessageHeaders good = Samples.headers("제목");
        for (String id : List.of("a:b:c", "a:b:c:four", "a:b:c:sixteencharacter", "a:b:c:d:sender", "가:b:c:sender")) {
            assertThatThrownBy(() ->
                            new MessageHeaders(good.from(), null, null, "s", good.date(), null, good.listId(), id))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static MessagePlan plan(String subject) {
        return MessagePlan.compile(Samples.headers(subject), Samples.text(), Samples.html(), Optional.empty());
    }

    private String written(MessagePlan plan, MergeValues values, CopyIdentity copy) {
        plan.write(values, copy, out);
        return new String(out.array(), 0, out.length(), StandardCharsets.US_ASCII);
    }

    private static MimeMessage parsed(String message) throws Exception {
        Session session = Session.getInstance(new Properties());
        return new MimeMessage(session, new ByteArrayInputStream(message.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String crlf(String text) {
        return text.replace("\n", "\r\n");
    }
}
