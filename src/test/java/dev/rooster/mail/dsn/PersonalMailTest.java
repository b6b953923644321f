package dev.rooster.mail.dsn;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PersonalMailTest {
    private static PersonalMail read(String mail) {
        return PersonalMail.read(mail.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "> 수신거부 Unsubscribe",
                "On Wed, 7 Oct 2026 at 07:00, News <news@example.com> wrote:",
                "2026년 10월 7일 (수) 오전 7:00, 소식 <news@example.com>님이 작성:",
                "-----Original Message-----",
                "--------- 원본 메일 ---------",
                "보낸 사람: 소식 <news@example.com>",
                "From: News <news@example.com>",
                "-- "
            })
    void whatIsQuotedOrSignedIsNotTheirs(String border) {
        PersonalMail mail = read("From: Kim <kim@example.net>\nSubject: Re: news\n\nThank you for this issue.\n\n"
                + border + "\nUnsubscribe here\n");
        assertThat(mail).isEqualTo(new PersonalMail("kim@example.net", "Re: news", "Thank you for this issue.", false));
    }

    @Test
    void encodedKoreanAndHtmlAreRead() {
        String html = Base64.getMimeEncoder()
                .encodeToString("<p>구독 해지해 주세요</p><p>고맙습니다</p>".getBytes(StandardCharsets.UTF_8));
        PersonalMail mail = read("From: =?UTF-8?B?6rmA?= <kim@example.net>\nSubject: =?UTF-8?B?7IiY7Iug6rGw67aA?=\n"
                + "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n" + html + "\n");
        assertThat(mail.subject()).isEqualTo("수신거부");
        assertThat(mail.words()).isEqualTo("구독 해지해 주세요\n고맙습니다");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Auto-Submitted: auto-generated",
                "Precedence: bulk",
                "List-Id: <other.example>",
                "Return-Path: <>"
            })
    void machinesAndListsAreNobody(String field) {
        assertThat(read(field + "\nFrom: a@b.example\nSubject: x\n\nunsubscribe\n")
                        .automatic())
                .isTrue();
        assertThat(read("Auto-Submitted: no\nFrom: a@b.example\n\nx\n").automatic())
                .isFalse();
    }

    @Test
    void anyBytesAreReadAndTheWordsAreShort() {
        assertThat(PersonalMail.read(new byte[] {0, -1, 13, 10, 0}).from()).isNull();
        assertThat(read("From: a@b.example\n\n" + "stop ".repeat(100_000)).words())
                .hasSize(PersonalMail.WORDS_MAX);
    }
}
