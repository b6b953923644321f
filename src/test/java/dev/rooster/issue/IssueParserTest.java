package dev.rooster.issue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.language.Language;
import dev.rooster.language.Messages;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class IssueParserTest {
    private static final String WHOLE = """
            ---
            제목: 에이전트: "일하는" [AI]
            메일제목: 이번 주 AI
            미리보기: 세 가지 이야기
            부제: 부제입니다
            날짜: 2026. 12. 2.
            뉴스레터: ai-weekly
            ---
            ![새벽의 닭](hero.png "새벽")

            첫 문단입니다.

            > 👱🏻‍♂️ 개발자: 이거 **"정말"**이야?
            > 🤖 에이전트: 네, https://example.com에 있어요.
            > 🐔 꼬끼오!

            ## 1. 첫 번째 **주제**
            본문
            ![차트](images/chart.png)
            더 본문

            ### 작은 제목
            - 목록

            ### ✅ 관련 기사
            - [기사 하나](https://a.example/1) · 한겨레
            - [기사 둘](https://a.example/2)ㆍ조선비즈
            - 링크 없는 기사 · 연합뉴스
            - [A·B 합의](https://a.example/3)

            ## ② 둘째
            본문

            ## 3가지 이유
            본문

            ## 마무리
            맺는 말

            ## 📰 주간뉴스: AI 소식
            ### [글로벌 뉴스]
            - [미국 소식](https://n.example/1) · 로이터
              - 요약 하나
              - 요약 **둘**
            - 제목만
              다음 줄은 요약
            ### 국내
            - [국내 소식](https://n.example/2)

            ## 피드백
            의견을 주세요.

            ## 협찬: 좋은 회사
            광고입니다.
            """;

    @Test
    void everyPartIsUnderstood() {
        ParsedIssue parsed = Parsing.file(WHOLE, Parsing.anyPicture());
        IssueDocument issue = parsed.document();

        assertThat(parsed.findings()).isEmpty();
        assertThat(issue.front().title()).isEqualTo("에이전트: \"일하는\" [AI]");
        assertThat(issue.front().subject()).isEqualTo("이번 주 AI");
        assertThat(issue.front().newsletter()).isEqualTo("ai-weekly");
        assertThat(issue.date()).contains(LocalDate.of(2026, 12, 2));
        assertThat(issue.weekLabel()).isEqualTo("26.12월 1주차");
        assertThat(issue.hero()).map(Block.Figure::caption).contains("새벽");
        assertThat(issue.lead()).hasSize(2);
        assertThat(issue.figures()).extracting(Block.Figure::alt).containsExactly("새벽의 닭", "차트");
        assertThat(issue.closing()).map(TitledSection::title).contains("");
        assertThat(issue.feedback()).isPresent();
        assertThat(issue.sponsor()).map(TitledSection::title).contains("좋은 회사");
        assertThat(issue.advertising()).isTrue();
        assertThat(parsed.pictures()).extracting(UsedPicture::path).containsExactly("hero.png", "images/chart.png");
    }

    @Test
    void aQuoteWhoseLinesBeginWithEmojiIsADialogue() {
        Block.Dialogue dialogue = (Block.Dialogue)
                Parsing.file(WHOLE, Parsing.anyPicture()).document().lead().get(1);

        assertThat(dialogue.lines())
                .containsExactly(
                        new Block.Line("👱🏻‍♂️", "개발자", new RichText("이거 <strong>\"정말\"</strong>이야?", "이거 \"정말\"이야?")),
                        new Block.Line(
                                "🤖",
                                "에이전트",
                                new RichText(
                                        "네, <a href=\"https://example.com\">https://example.com</a>에 있어요.",
                                        "네, https://example.com에 있어요.")),
                        new Block.Line("🐔", "", new RichText("꼬끼오!", "꼬끼오!")));
    }

    @Test
    void aSpeakersNameMayBeBold() {
        Block.Dialogue dialogue = (Block.Dialogue) Parsing.body("> 👱 **민수:** 안녕\n> 🤖 **로봇**: 그래")
                .document()
                .lead()
                .get(0);

        assertThat(dialogue.lines()).extracting(Block.Line::name).containsExactly("민수", "로봇");
        assertThat(dialogue.lines()).extracting(line -> line.words().text()).containsExactly("안녕", "그래");
    }

    @Test
    void anOrdinaryQuoteStaysOne() {
        assertThat(Parsing.html("> 👱 말\n> 그냥 글")).isEqualTo("<blockquote>\n<p>👱 말<br>그냥 글</p>\n</blockquote>");
        assertThat(Parsing.text("> 하나\n> 둘\n>\n> 셋")).isEqualTo("> 하나\n> 둘\n>\n> 셋");
    }

    @Test
    void topicsAreNumberedWhateverWasTyped() {
        IssueDocument issue = Parsing.file(WHOLE, Parsing.anyPicture()).document();

        assertThat(issue.topics())
                .extracting(topic -> topic.number() + " " + topic.title().text())
                .containsExactly("1 첫 번째 주제", "2 둘째", "3 3가지 이유");
        assertThat(issue.topics().get(0).title().html()).isEqualTo("첫 번째 <strong>주제</strong>");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1. 제목 | 제목",
                "1) 제목 | 제목",
                "12. 제목 | 제목",
                "1️⃣ 제목 | 제목",
                "1.5배 빠르게 | 1.5배 빠르게",
                "12. 2. 발표 | 12. 2. 발표",
                "2026. 12. 2. 발표 | 2026. 12. 2. 발표",
                "100. 백 | 100. 백"
            })
    void onlyATypedNumberIsDropped(String heading, String title) {
        assertThat(Parsing.body("## " + heading + "\n글")
                        .document()
                        .topics()
                        .get(0)
                        .title()
                        .text())
                .isEqualTo(title);
    }

    @Test
    void aPictureOnALineOfItsOwnDividesTheParagraph() {
        Topic topic =
                Parsing.file(WHOLE, Parsing.anyPicture()).document().topics().get(0);

        assertThat(topic.blocks())
                .extracting(block -> block instanceof Block.Prose prose ? prose.html() : "figure")
                .containsExactly("<p>본문</p>", "figure", "<p>더 본문</p>", "<h3>작은 제목</h3>", "<ul>\n<li>목록</li>\n</ul>");
    }

    @Test
    void relatedLinksHaveTitleAddressAndSource() {
        Topic topic =
                Parsing.file(WHOLE, Parsing.anyPicture()).document().topics().get(0);

        assertThat(topic.related())
                .extracting(related -> related.title().text() + "|" + related.url() + "|" + related.source())
                .containsExactly(
                        "기사 하나|https://a.example/1|한겨레",
                        "기사 둘|https://a.example/2|조선비즈",
                        "링크 없는 기사||연합뉴스",
                        "A·B 합의|https://a.example/3|");
    }

    @Test
    void newsHaveGroupsItemsAndSummaries() {
        NewsSection news =
                Parsing.file(WHOLE, Parsing.anyPicture()).document().news().orElseThrow();

        assertThat(news.title()).isEqualTo("AI 소식");
        assertThat(news.groups()).extracting(NewsGroup::title).containsExactly("[글로벌 뉴스]", "국내");
        NewsItem first = news.groups().get(0).items().get(0);
        assertThat(first.source()).isEqualTo("로이터");
        assertThat(first.summaries()).extracting(RichText::html).containsExactly("요약 하나", "요약 <strong>둘</strong>");
        NewsItem second = news.groups().get(0).items().get(1);
        assertThat(second.title().text()).isEqualTo("제목만");
        assertThat(second.summaries()).extracting(RichText::text).containsExactly("다음 줄은 요약");
    }

    @Test
    void theOutlineSaysWhatWasUnderstoodInBothLanguages() {
        IssueDocument issue = Parsing.file(WHOLE, Parsing.anyPicture()).document();

        assertThat(Outline.of(issue, Language.KO)).isEqualTo("리드 · 주제 3 (관련 4/0/0) · 마무리 · 뉴스 글로벌 2, 국내 1 · 협찬 · 피드백");
        assertThat(Outline.of(issue, Language.EN))
                .isEqualTo("lead · 3 topics (related 4/0/0) · closing · news 글로벌 2, 국내 1 · sponsor · feedback");
    }

    @Test
    void englishIssuesUseEnglishWords() {
        IssueDocument issue = Parsing.file(
                        "---\nTitle: Weekly\nPreheader: x\n---\nHi\n\n## Topic\nText\n\n### Related\n- [a](https://a.example)\n\n"
                                + "## Closing: So long\nBye\n\n## News\n- one\n\n## Feedback\nTell us",
                        Parsing.noPictures())
                .document();

        assertThat(issue.topics()).hasSize(1);
        assertThat(issue.closing()).map(TitledSection::title).contains("So long");
        assertThat(issue.news().orElseThrow().groups())
                .extracting(NewsGroup::title)
                .containsExactly("");
    }

    @ParameterizedTest
    @CsvSource({"마무으리,마무리", "마무리하며,마무리", "피드벡,피드백", "AI 주간 뉴스,주간 뉴스", "Closings,Closing"})
    void anAlmostReservedHeadingIsAskedAbout(String heading, String meant) {
        ParsedIssue parsed = Parsing.body("## " + heading + "\n글");
        Finding near = Parsing.finding(parsed, FindingCode.HEADING_NEAR_RESERVED);

        assertThat(parsed.document().topics()).hasSize(1);
        assertThat(near.line()).isEqualTo(5);
        assertThat(near.args()).containsExactly(heading, meant);
        assertThat(near.mend(Language.KO)).contains("혹시 \"" + meant + "\"인가요?");
        assertThat(near.mend(Language.EN)).contains("Did you mean " + meant + "?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"협상", "마무리 투수의 조건은 무엇인가", "뉴스룸을 바꾼 AI", "새로운 모델"})
    void anOrdinaryHeadingIsNotAskedAbout(String heading) {
        assertThat(Parsing.codes(Parsing.body("## " + heading + "\n글"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"## 🙏 마 무 리!", "## [마무리]", "##  마무리  ##", "## CLOSING", "## 맺음말"})
    void emojiSpacesSignsAndCaseDontMatterInReservedHeadings(String heading) {
        assertThat(Parsing.body("글\n\n" + heading + "\n끝").document().closing()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"## 마무리: 다음 주에는: 봄", "## 마무리：다음 주에는: 봄"})
    void theTitleOfAReservedHeadingBeginsAfterItsFirstColonHalfOrFullWidth(String heading) {
        assertThat(Parsing.body("글\n\n" + heading + "\n끝").document().closing())
                .map(TitledSection::title)
                .contains("다음 주에는: 봄");
    }

    @Test
    void reservedHeadingsAtAnotherLevelAreRefused() {
        assertThat(Parsing.finding(Parsing.body("## 가\n글\n\n### 마무리\n끝"), FindingCode.HEADING_LEVEL)
                        .args())
                .containsExactly("### 마무리", "## 마무리");
        assertThat(Parsing.finding(Parsing.body("## 관련 기사\n- 가"), FindingCode.HEADING_LEVEL)
                        .args())
                .containsExactly("## 관련 기사", "### 관련 기사");
    }

    @Test
    void aHeadingWithoutItsSpaceIsTakenAndTold() {
        ParsedIssue parsed = Parsing.body("##주제\n글 #해시태그\n\n#AI 이야기\n\n```\n##코드\n```");

        assertThat(parsed.document().topics())
                .extracting(topic -> topic.title().text())
                .containsExactly("주제");
        assertThat(Parsing.codes(parsed)).containsExactly(FindingCode.HEADING_NO_SPACE);
        assertThat(parsed.findings().get(0).line()).isEqualTo(5);
    }

    @Test
    void theSlotsDateStandsInForAMissingOne() {
        ParseContext context = new ParseContext(
                Language.EN,
                WeekLabel.standard(Language.EN),
                Optional.of(LocalDate.of(2026, 12, 2)),
                Parsing.noPictures());
        byte[] bytes = "---\ntitle: t\n---\nHi".getBytes(StandardCharsets.UTF_8);

        assertThat(new IssueParser().parse("a.md", bytes, context).document().weekLabel())
                .isEqualTo("December 2026, week 1");
    }

    @Test
    void windowsLineEndsAndAByteOrderMarkDontMatter() {
        ParsedIssue parsed = Parsing.file("\ufeff" + WHOLE.replace("\n", "\r\n"), Parsing.anyPicture());
        assertThat(parsed.document())
                .isEqualTo(Parsing.file(WHOLE, Parsing.anyPicture()).document());
        assertThat(parsed.findings()).isEmpty();
    }

    @Test
    void otherEncodingsAreNamedAndRefused() {
        byte[] cp949 = WHOLE.getBytes(Charset.forName("x-windows-949"));
        assertThat(Parsing.codes(Parsing.bytes(cp949, Parsing.noPictures())))
                .containsExactly(FindingCode.NOT_UTF8_BUT_CP949);
        assertThat(Parsing.codes(Parsing.bytes(WHOLE.getBytes(StandardCharsets.UTF_16), Parsing.noPictures())))
                .containsExactly(FindingCode.NOT_UTF8_BUT_UTF16);
        ParsedIssue broken = Parsing.bytes(new byte[] {'a', '\n', (byte) 0xff, 'b'}, Parsing.noPictures());
        assertThat(Parsing.codes(broken)).containsExactly(FindingCode.NOT_UTF8);
        assertThat(broken.findings().get(0).line()).isEqualTo(2);
        assertThat(Parsing.codes(Parsing.bytes(new byte[SourceText.BYTES_MAX + 1], Parsing.noPictures())))
                .containsExactly(FindingCode.FILE_TOO_LARGE);
        byte[] cut = Arrays.copyOf("가".getBytes(StandardCharsets.UTF_8), 2);
        assertThat(Parsing.codes(Parsing.bytes(cut, Parsing.noPictures()))).containsExactly(FindingCode.NOT_UTF8);
    }

    @ParameterizedTest
    @EnumSource(FindingCode.class)
    void everyFindingHasBothMessagesInBothLanguages(FindingCode code) {
        for (Language language : Language.values()) {
            Messages messages = Messages.of(Finding.class, language);
            Object[] args = {"가", "나", "다"};
            assertThat(messages.text(code.key(), args)).isNotBlank().doesNotContain("{");
            assertThat(messages.text(code.key() + ".mend", args)).isNotBlank().doesNotContain("{");
        }
    }

    @Test
    void aFindingIsTheLineEditorsUnderstand() {
        Finding finding = Parsing.finding(Parsing.body("# 제목"), FindingCode.HEADING_ONE);
        assertThat(finding.line(Language.EN)).startsWith("issue.md:5: There is a heading with a single #: 제목");
    }
}
