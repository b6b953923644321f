package dev.rooster.issue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class IssueChecksTest {
    static Stream<Arguments> files() {
        String front = "---\n제목: 가\n미리보기: 나\n";
        return Stream.of(
                Arguments.of("글", FindingCode.FRONT_MATTER_MISSING, 1),
                Arguments.of("---\n제목: 가\n\n## 주제\n글", FindingCode.FRONT_MATTER_OPEN, 1),
                Arguments.of(front + "아무 말\n---\n글", FindingCode.FRONT_MATTER_LINE, 4),
                Arguments.of(front + "작성자: 나\n---\n글", FindingCode.UNKNOWN_KEY, 4),
                Arguments.of(front + "부재: 나\n---\n글", FindingCode.UNKNOWN_KEY_NEAR, 4),
                Arguments.of(front + "제목: 다\n---\n글", FindingCode.DUPLICATE_KEY, 4),
                Arguments.of("---\n미리보기: 나\n---\n글", FindingCode.TITLE_MISSING, 1),
                Arguments.of("---\n제목:\n---\n글", FindingCode.TITLE_MISSING, 2),
                Arguments.of(front + "부제: " + "가".repeat(301) + "\n---\n글", FindingCode.VALUE_TOO_LONG, 4),
                Arguments.of(front + "날짜: 2026-02-30\n---\n글", FindingCode.DATE_INVALID, 4),
                Arguments.of(front + "날짜: 다음 주 수요일\n---\n글", FindingCode.DATE_INVALID, 4),
                Arguments.of(front + "광고: 아마\n---\n글", FindingCode.YES_NO_INVALID, 4),
                Arguments.of(front + "---\n", FindingCode.EMPTY_ISSUE, 0),
                Arguments.of(front + "---\n글\u0007", FindingCode.CONTROL_CHARACTER, 5),
                Arguments.of(front + "---\n글\u0085", FindingCode.CONTROL_CHARACTER, 5),
                Arguments.of(front + "---\n글\ufdd0", FindingCode.CONTROL_CHARACTER, 5),
                Arguments.of(front + "---\n# 제목\n글", FindingCode.HEADING_ONE, 5),
                Arguments.of(front + "---\n글\n\n##\n글", FindingCode.HEADING_EMPTY, 7),
                Arguments.of(front + "---\n글\n\n## 마무리\n가\n\n## 마무리\n나", FindingCode.SECTION_TWICE, 10),
                Arguments.of(front + "---\n## 가\n글\n\n### 관련 기사\n문단", FindingCode.RELATED_NOT_LIST, 9),
                Arguments.of(front + "---\n## 뉴스\n### 국내\n문단", FindingCode.NEWS_NOT_LIST, 7),
                Arguments.of(front + "---\n글 ![그림](a.png) 글", FindingCode.PICTURE_NOT_ALONE, 5),
                Arguments.of(front + "---\n- ![그림](a.png)", FindingCode.PICTURE_NOT_ALONE, 5),
                Arguments.of(front + "---\n## ![그림](a.png) 제목\n글", FindingCode.PICTURE_NOT_ALONE, 5),
                Arguments.of(front + "---\n![그림](없음.png)", FindingCode.PICTURE_MISSING, 5),
                Arguments.of(front + "---\n![그림](https://a.kr/a.png)", FindingCode.PICTURE_REMOTE, 5),
                Arguments.of(front + "---\n![그림](data:image/png;base64,AAAA)", FindingCode.PICTURE_REMOTE, 5),
                Arguments.of(front + "---\n![그림](../a.png)", FindingCode.PICTURE_ELSEWHERE, 5),
                Arguments.of(front + "---\n![그림](a/%2e%2e/a.png)", FindingCode.PICTURE_ELSEWHERE, 5),
                Arguments.of(front + "---\n![그림](/etc/a.png)", FindingCode.PICTURE_ELSEWHERE, 5));
    }

    @ParameterizedTest
    @MethodSource("files")
    void anErrorHasItsLineAndRefusesTheIssue(String file, FindingCode code, int line) {
        ParsedIssue parsed = Parsing.file(file, Parsing.noPictures());

        assertThat(Parsing.finding(parsed, code).line()).isEqualTo(line);
        assertThat(parsed.accepted()).isFalse();
    }

    static Stream<Arguments> bodies() {
        return Stream.of(
                Arguments.of("## 가\n\n## 나\n글", FindingCode.TOPIC_EMPTY, 5),
                Arguments.of("## 가\n글\n\n### 관련 기사\n\n## 나\n글", FindingCode.RELATED_EMPTY, 8),
                Arguments.of("글\n\n## 마무리\n\n## 가\n글", FindingCode.SECTION_EMPTY, 7),
                Arguments.of("## 뉴스\n### 글로벌\n### 국내\n- 가", FindingCode.NEWS_GROUP_EMPTY, 6),
                Arguments.of("![](a.png)", FindingCode.PICTURE_ALT_MISSING, 5),
                Arguments.of("[](https://a.kr)", FindingCode.LINK_EMPTY, 5),
                Arguments.of("[가](/news/1)", FindingCode.LINK_RELATIVE, 5),
                Arguments.of("[가](#위)", FindingCode.LINK_RELATIVE, 5),
                Arguments.of("[가]()", FindingCode.LINK_RELATIVE, 5),
                Arguments.of("[가](example.com/a)", FindingCode.LINK_RELATIVE, 5),
                Arguments.of("[가](example.com:8080/a)", FindingCode.LINK_RELATIVE, 5),
                Arguments.of("[가](javascript:alert(1))", FindingCode.LINK_SCHEME, 5),
                Arguments.of("[가](https:/a.kr)", FindingCode.LINK_BROKEN, 5),
                Arguments.of("[가](https://)", FindingCode.LINK_BROKEN, 5),
                Arguments.of("[가] (https://a.kr)", FindingCode.LINK_SYNTAX, 5),
                Arguments.of("[가](https://a.kr/b c)", FindingCode.LINK_SYNTAX, 5),
                Arguments.of("(가)[https://a.kr]", FindingCode.LINK_SYNTAX, 5),
                Arguments.of("글 <script>alert(1)</script> 글", FindingCode.RAW_HTML, 5),
                Arguments.of("글\n\n<div>글</div>", FindingCode.RAW_HTML, 7),
                Arguments.of("<b onclick=\"x()\">글</b>", FindingCode.RAW_HTML_ATTRIBUTE, 5),
                Arguments.of("글\n\n그는 \"말했다.", FindingCode.QUOTE_UNPAIRED, 7),
                Arguments.of("“말했다.", FindingCode.QUOTE_UNPAIRED, 5),
                Arguments.of("'말했다.", FindingCode.QUOTE_UNPAIRED, 5),
                Arguments.of("「책", FindingCode.QUOTE_UNPAIRED, 5),
                Arguments.of("> 👱🏻♂️ 가: 말", FindingCode.EMOJI_JOINER, 5),
                Arguments.of("글 👩\u200d 글", FindingCode.EMOJI_JOINER, 5),
                Arguments.of("글 \ufffd", FindingCode.REPLACEMENT_CHARACTER, 5));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void aWarningHasItsLineAndLetsTheIssuePass(String body, FindingCode code, int line) {
        ParsedIssue parsed = Parsing.body(body);

        assertThat(Parsing.finding(parsed, code).line()).isEqualTo(line);
        assertThat(parsed.accepted()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "그는 \"말\"했고 'don't'라고도 했다. '24년 it's",
                "‘말’과 “말”, don’t",
                "가족 👨‍👩‍👧‍👦 과 👱🏻‍♂️ 🏳️‍🌈 ✅ 1️⃣ 🇰🇷",
                "[가](https://a.kr/(b)) [나][ref]\n\n[ref]: https://b.kr",
                "`<div>` 와 `[a] (https://b)`",
                "글 <br> 글 <b>굵게</b> <!-- 메모 -->",
                "[메일](mailto:a@b.kr) [전화](tel:+82212345678)"
            })
    void wellWrittenTextGivesNoFinding(String body) {
        assertThat(Parsing.body(body).findings()).isEmpty();
    }

    @Test
    void rawHtmlOutsideTheAllowListNeverPasses() {
        assertThat(Parsing.html("글 <script>alert(1)</script> 끝")).isEqualTo("<p>글 alert(1) 끝</p>");
        assertThat(Parsing.html("<div class=\"x\">글</div>")).isEqualTo("<p>글</p>");
        assertThat(Parsing.html("<style>p{}</style>")).isEmpty();
        assertThat(Parsing.html("글 <style> 뒤")).isEqualTo("<p>글 뒤</p>".replace(" 뒤", "  뒤"));
        assertThat(Parsing.html("<b onclick=\"x()\">글</b>")).isEqualTo("<p><b>글</b></p>");
        assertThat(Parsing.html("<a href=\"javascript:x\">글</a>")).isEqualTo("<p>글</p>");
        assertThat(Parsing.html("<iframe src=\"https://a.kr\"></iframe>")).isEmpty();
        assertThat(Parsing.html("글 <img src=x onerror=alert(1)> 끝")).doesNotContain("img");
        assertThat(Parsing.html("글 <!-- 메모 --> 끝")).doesNotContain("메모");
        assertThat(Parsing.html("<svg><a xlink:href=\"javascript:x\">글</a></svg>"))
                .doesNotContain("svg", "javascript");
    }

    @Test
    void aLinkThatLeadsNowhereKeepsItsWords() {
        assertThat(Parsing.html("앞 [글](/a) 뒤")).isEqualTo("<p>앞 글 뒤</p>");
        assertThat(Parsing.html("[글](javascript:alert(1))")).isEqualTo("<p>글</p>");
        assertThat(Parsing.html("[글](JaVaScRiPt&colon;alert(1))")).isEqualTo("<p>글</p>");
    }

    @Test
    void addressesAreWrittenInAscii() {
        assertThat(Parsing.html("[글](https://한국.kr/길?가=나)"))
                .isEqualTo("<p><a href=\"https://xn--3e0b707e.kr/%EA%B8%B8?%EA%B0%80=%EB%82%98\">글</a></p>");
    }

    @Test
    void thePlainTextSaysTheSameWithItsAddresses() {
        assertThat(Parsing.text(
                        "앞 [글](https://a.kr) **뒤**\n\n- 하나\n- 둘\n  - 셋\n\n1. 가\n2. 나\n\n```\n코드 {{x}}\n```\n\n---"))
                .isEqualTo("앞 글 <https://a.kr> 뒤\n\n- 하나\n- 둘\n  - 셋\n\n1. 가\n2. 나\n\n    코드 {{x}}\n\n---");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[광고] 소식",
                "(광 고) 소식",
                "(광/고) 소식",
                "( 광고 ) 소식",
                "광고) 소식",
                "<광고> 소식",
                "【광고】 소식",
                "소식 (광고)",
                "（광고） 소식",
                "(광\u200b고) 소식"
            })
    void otherSpellingsOfTheAdvertisingMarkAreRefused(String subject) {
        ParsedIssue parsed = Parsing.file("---\n제목: 가\n메일제목: " + subject + "\n미리보기: 나\n---\n글");
        assertThat(Parsing.finding(parsed, FindingCode.ADVERTISING_VARIANT).line())
                .isEqualTo(3);
    }

    @Test
    void theExactAdvertisingMarkIsTakenForTheDeclarationItIs() {
        ParsedIssue parsed = Parsing.file("---\n제목: (광고) 소식\n미리보기: 나\n---\n글");

        assertThat(Parsing.codes(parsed)).containsExactly(FindingCode.ADVERTISING_TYPED);
        assertThat(parsed.document().advertising()).isTrue();
        assertThat(parsed.document().front().subject()).isEqualTo("소식");
    }

    @ParameterizedTest
    @CsvSource({"예,true", "yes,true", "아니오,false", "아니요,false", "NO,false"})
    void advertisingIsDeclaredInWords(String typed, boolean advertising) {
        ParsedIssue parsed = Parsing.file("---\n제목: 가\n미리보기: 나\n광고: " + typed + "\n---\n글");
        assertThat(parsed.document().advertising()).isEqualTo(advertising);
        assertThat(parsed.findings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Re: 소식", "FW: 소식", "fwd: 소식", "답장: 소식", "Re：소식"})
    void aFalseReplyIsToldOf(String subject) {
        ParsedIssue parsed = Parsing.file("---\n제목: " + subject + "\n미리보기: 나\n---\n글");
        assertThat(Parsing.codes(parsed)).containsExactly(FindingCode.SUBJECT_REPLY);
    }

    @Test
    void aWideSubjectIsMeasuredInColumnsWithItsMark() {
        assertThat(Parsing.codes(subject("가".repeat(30), "아니오"))).isEmpty();
        assertThat(Parsing.finding(subject("가".repeat(30) + "a", "아니오"), FindingCode.SUBJECT_LONG)
                        .args())
                .containsExactly("61", "60");
        assertThat(Parsing.finding(subject("가".repeat(30), "예"), FindingCode.SUBJECT_LONG)
                        .args())
                .containsExactly("67", "60");
    }

    private static ParsedIssue subject(String subject, String advertising) {
        return Parsing.file("---\n제목: " + subject + "\n미리보기: 나\n광고: " + advertising + "\n---\n글");
    }

    @Test
    void theMissingPreheaderAndTheLongOneAreTold() {
        assertThat(Parsing.codes(Parsing.file("---\n제목: 가\n---\n글"))).containsExactly(FindingCode.PREHEADER_MISSING);
        assertThat(Parsing.codes(Parsing.file("---\n제목: 가\n미리보기: " + "가".repeat(91) + "\n---\n글")))
                .containsExactly(FindingCode.PREHEADER_LONG);
    }

    @Test
    void anUnpairedQuoteInTheSubjectIsTold() {
        ParsedIssue parsed = Parsing.file("---\n제목: 그는 \"말했다\n미리보기: 나\n---\n글");
        assertThat(Parsing.finding(parsed, FindingCode.QUOTE_UNPAIRED).line()).isEqualTo(2);
    }

    @Test
    void everyErrorIsToldAtOnceInTheOrderOfTheFile() {
        ParsedIssue parsed = Parsing.file("---\n날자: x\n날짜: y\n---\n# 하나\n\n![a](b.png)");
        assertThat(Parsing.codes(parsed))
                .containsSubsequence(
                        FindingCode.TITLE_MISSING,
                        FindingCode.UNKNOWN_KEY_NEAR,
                        FindingCode.DATE_INVALID,
                        FindingCode.HEADING_ONE,
                        FindingCode.PICTURE_MISSING);
    }

    @Test
    void aFigureMayBeALink() {
        Block.Figure figure = Parsing.body("[![그림](a.png \"설명\")](https://a.kr)")
                .document()
                .hero()
                .orElseThrow();
        assertThat(figure.link()).isEqualTo("https://a.kr");
        assertThat(figure.caption()).isEqualTo("설명");
        assertThat(Parsing.body("[![그림](a.png)](/a)")
                        .document()
                        .hero()
                        .orElseThrow()
                        .link())
                .isEmpty();
    }
}
