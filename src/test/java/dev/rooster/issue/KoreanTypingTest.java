package dev.rooster.issue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KoreanTypingTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "**\"말\"**은 | <strong>\"말\"</strong>은",
                "**총비용(TCO)**으로 | <strong>총비용(TCO)</strong>으로",
                "그는 **\"말\"**은 | 그는 <strong>\"말\"</strong>은",
                "그는**\"말\"**은 남겼다 | 그는<strong>\"말\"</strong>은 남겼다",
                "**안녕!**이라고 | <strong>안녕!</strong>이라고",
                "**10%**로 늘어 | <strong>10%</strong>로 늘어",
                "**‘말’**이라는 | <strong>‘말’</strong>이라는",
                "**「책」**을 | <strong>「책」</strong>을",
                "**👍**는 | <strong>👍</strong>는",
                "총**(TCO)**는 | 총<strong>(TCO)</strong>는",
                "*\"말\"*은 | <em>\"말\"</em>은",
                "***\"말\"***은 | <em><strong>\"말\"</strong></em>은",
                "**첫째.** 그리고 **\"둘\"**은 | <strong>첫째.</strong> 그리고 <strong>\"둘\"</strong>은",
                "\"**강조**\"라고 | \"<strong>강조</strong>\"라고",
                "(**강조**)라고 | (<strong>강조</strong>)라고",
                "**굵은 (*기울임*) 끝**이다 | <strong>굵은 (<em>기울임</em>) 끝</strong>이다",
                "**[링크](https://a.kr)**는 | <strong><a href=\"https://a.kr\">링크</a></strong>는",
                "**`코드`**는 | <strong><code>코드</code></strong>는",
                "**강조**는, **강조**를 | <strong>강조</strong>는, <strong>강조</strong>를",
                "**'가'**와 **'나'**를 | <strong>'가'</strong>와 <strong>'나'</strong>를",
                "**中文（说明）**和 | <strong>中文（说明）</strong>和",
                "**日本語「引用」**です | <strong>日本語「引用」</strong>です",
            })
    void starsBesideParticlesAreBold(String markdown, String html) {
        assertThat(Parsing.html(markdown)).isEqualTo("<p>" + html + "</p>");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "**bold *nested* bold** | <strong>bold <em>nested</em> bold</strong>",
                "*it **bold** it* | <em>it <strong>bold</strong> it</em>",
                "*이탤릭 \"**굵게**\" 끝* | <em>이탤릭 \"<strong>굵게</strong>\" 끝</em>",
                "***both*** | <em><strong>both</strong></em>",
                "`**\"말\"**은` | <code>**\"말\"**은</code>",
                "\\*별\\* | *별*",
                "\\*\\*\"말\"\\*\\*은 | **\"말\"**은",
                "2 * 3 * 4 | 2 * 3 * 4",
                "snake_case_name | snake_case_name",
                "_em_ and __strong__ | <em>em</em> and <strong>strong</strong>",
                "[위키](https://a.kr/b_(c)) 글 | <a href=\"https://a.kr/b_(c)\">위키</a> 글",
                "[가](<https://a.kr/b c>) | <a href=\"https://a.kr/b%20c\">가</a>",
                "[가](https://a.kr/*한*글) | <a href=\"https://a.kr/*%ED%95%9C*%EA%B8%80\">가</a>",
                "&lt;b&gt; &amp; &copy; | &lt;b&gt; &amp; ©",
                "{{이름}} {{{x}}} | {{이름}} {{{x}}}",
                "<https://a.kr/가> 끝 | <a href=\"https://a.kr/%EA%B0%80\">https://a.kr/가</a> 끝",
            })
    void ordinaryCommonMarkStillHolds(String markdown, String html) {
        assertThat(Parsing.html(markdown)).isEqualTo("<p>" + html + "</p>");
    }

    @Test
    void aDateInsideQuotesAndBulletsIsNoListNumber() {
        assertThat(Parsing.html("> - 2026. 12. 2. 수요일"))
                .contains("2026. 12. 2. 수요일")
                .doesNotContain("<ol");
        assertThat(Parsing.html(">2026. 12. 2. 수요일"))
                .contains("2026. 12. 2. 수요일")
                .doesNotContain("<ol");
    }

    @ParameterizedTest
    @ValueSource(strings = {"> ", ">", "- ", ">  - "})
    void aLineOfTenThousandQuoteMarksIsReadLikeAnyOther(String mark) {
        assertThat(Parsing.html(mark.repeat(10_000) + "끝")).contains("끝");
    }

    @Test
    void aLineBreakIsALineBreak() {
        assertThat(Parsing.html("첫 줄\n둘째 줄")).isEqualTo("<p>첫 줄<br>둘째 줄</p>");
        assertThat(Parsing.text("첫 줄\n둘째 줄")).isEqualTo("첫 줄\n둘째 줄");
        assertThat(Parsing.html("첫 줄  \n둘째 줄")).isEqualTo("<p>첫 줄<br>둘째 줄</p>");
    }

    @Test
    void dashesUnderAParagraphDivideAndNeverMakeAHeading() {
        assertThat(Parsing.html("글\n---\n글")).isEqualTo("<p>글</p>\n<hr>\n<p>글</p>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"글\n-", "글\n--", "글\n===", "글\n="})
    void otherLinesUnderAParagraphStayText(String markdown) {
        assertThat(Parsing.html(markdown))
                .isEqualTo("<p>글<br>" + markdown.substring(2) + "</p>")
                .doesNotContain("<h");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2026. 12. 2. 공개", "2026. 12월 공개", "12. 2. 공개", "12. 2.(수) 공개", "26. 12. 2. 공개", "1984. 조지 오웰"})
    void aDateAtALinesStartIsNoList(String markdown) {
        assertThat(Parsing.html(markdown)).isEqualTo("<p>" + markdown + "</p>");
        assertThat(Parsing.html("앞\n\n" + markdown)).isEqualTo("<p>앞</p>\n<p>" + markdown + "</p>");
        assertThat(Parsing.html("- " + markdown)).doesNotContain("<ol").contains(markdown);
        assertThat(Parsing.html("> " + markdown)).doesNotContain("<ol").contains(markdown);
    }

    @Test
    void aNumberedListIsStillAList() {
        assertThat(Parsing.html("1. 하나\n2. 둘")).isEqualTo("<ol>\n<li>하나</li>\n<li>둘</li>\n</ol>");
        assertThat(Parsing.html("1. 3.5배 빨라졌다")).isEqualTo("<ol>\n<li>3.5배 빨라졌다</li>\n</ol>");
        assertThat(Parsing.html("3) 셋")).isEqualTo("<ol start=\"3\">\n<li>셋</li>\n</ol>");
    }

    @Test
    void tildesStrikeNothingOut() {
        assertThat(Parsing.html("10~30명, 40~50명")).isEqualTo("<p>10~30명, 40~50명</p>");
        assertThat(Parsing.html("10~~30~~40")).isEqualTo("<p>10~~30~~40</p>");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "https://example.com에서 | <a href=\"https://example.com\">https://example.com</a>에서",
                "https://example.com/a/b?x=1&y=2를 | <a href=\"https://example.com/a/b?x=1&amp;y=2\">https://example.com/a/b?x=1&amp;y=2</a>를",
                "(https://example.com)은 | (<a href=\"https://example.com\">https://example.com</a>)은",
                "(https://example.com/a_(b))은 | (<a href=\"https://example.com/a_(b)\">https://example.com/a_(b)</a>)은",
                "https://example.com. 끝 | <a href=\"https://example.com\">https://example.com</a>. 끝",
                "https://example.com/, 끝 | <a href=\"https://example.com/\">https://example.com/</a>, 끝",
                "\"https://example.com\"라고 | \"<a href=\"https://example.com\">https://example.com</a>\"라고",
                "**https://example.com/**에 | <strong><a href=\"https://example.com/\">https://example.com/</a></strong>에",
                "`https://example.com` | <code>https://example.com</code>",
                "[https://example.com](https://b.kr) | <a href=\"https://b.kr\">https://example.com</a>",
                "xhttps://example.com | xhttps://example.com",
                "https://a.kr과 https://b.kr을 | <a href=\"https://a.kr\">https://a.kr</a>과 <a href=\"https://b.kr\">https://b.kr</a>을",
            })
    void aBareAddressEndsBeforeItsParticle(String markdown, String html) {
        assertThat(Parsing.html(markdown)).isEqualTo("<p>" + html + "</p>");
    }

    @Test
    void anAddressCutBeforeHangulIsToldUnlessTheRestIsAParticle() {
        Finding cut = Parsing.finding(Parsing.body("https://ko.wikipedia.org/wiki/한국어 참고"), FindingCode.URL_CUT);

        assertThat(cut.line()).isEqualTo(5);
        assertThat(cut.args()).containsExactly("https://ko.wikipedia.org/wiki/", "한국어");
        assertThat(Parsing.codes(Parsing.body("https://example.com/에서 봤다"))).doesNotContain(FindingCode.URL_CUT);
    }

    @Test
    void starsThatFoundNoPartnerAreTold() {
        Finding left = Parsing.finding(Parsing.body("글\n\n이건 ** 강조 ** 아님"), FindingCode.STARS_LEFT);

        assertThat(left.line()).isEqualTo(7);
        assertThat(Parsing.codes(Parsing.body("`**` 는 코드"))).doesNotContain(FindingCode.STARS_LEFT);
    }

    @Test
    void hangulTypedAsSingleLettersIsComposed() {
        String apart = java.text.Normalizer.normalize("한글", java.text.Normalizer.Form.NFD);
        assertThat(Parsing.html(apart)).isEqualTo("<p>한글</p>");
    }

    @Test
    void lineSeparatorsFromWordProcessorsBreakTheLine() {
        assertThat(Parsing.html("앞\u2028뒤")).isEqualTo("<p>앞<br>뒤</p>");
    }

    @Test
    void fourSpacesAreCodeButTheWriterIsTold() {
        ParsedIssue parsed = Parsing.body("글\n\n    들여 쓴 글");
        assertThat(Parsing.finding(parsed, FindingCode.INDENTED_CODE).line()).isEqualTo(7);
    }
}
