package dev.rooster.issue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.language.Language;
import org.junit.jupiter.api.Test;

class CompareIssuesTest {
    private static final String BEFORE = """
            ---
            제목: 첫 이슈
            메일제목: 이번 주 소식
            미리보기: 한 줄
            ---
            리드 [가](https://a.example/)

            ## 하나
            글
            ### 관련 기사
            - [기사](https://b.example/) · 신문

            ## 둘
            글

            ## 마무리
            끝
            """;

    private static IssueDifference difference(String after) {
        return CompareIssues.compare(
                Parsing.file(BEFORE).document(), Parsing.file(after).document());
    }

    @Test
    void theSameTextHasNoDifference() {
        IssueDifference difference = difference(BEFORE);
        assertThat(difference.changes()).isEmpty();
        assertThat(difference.summary()).isEqualTo("look");
        assertThat(difference.lines(Language.EN)).isEmpty();
        assertThat(IssueDifference.line("look", Language.EN)).isEqualTo("templates or settings");
    }

    @Test
    void everyPartThatChangedIsNamed() {
        IssueDifference difference = difference(BEFORE.replace("이번 주 소식", "다음 주 소식")
                .replace("https://a.example/", "https://c.example/")
                .replace("## 둘\n글", "## 둘\n다른 글")
                .replace("## 마무리\n끝", "## 셋\n새 글"));
        assertThat(difference.summary()).isEqualTo("subject lead topic-2 topic-3 closing links+1-1");
        assertThat(difference.lines(Language.EN).lines())
                .containsExactly(
                        "  subject: \"이번 주 소식\" → \"다음 주 소식\"",
                        "  lead: changed",
                        "  topic 2 \"둘\": changed",
                        "  topic 3 \"셋\": new",
                        "  closing: gone",
                        "  + https://c.example/",
                        "  - https://a.example/");
        assertThat(IssueDifference.line(difference.summary(), Language.KO))
                .isEqualTo("메일 제목, 리드, 주제 2, 주제 3, 마무리, 링크 +1 -1");
    }

    @Test
    void aRelatedLinkAndANewTitleBelongToTheirTopic() {
        assertThat(difference(BEFORE.replace("https://b.example/", "https://d.example/"))
                        .summary())
                .isEqualTo("topic-1 links+1-1");
        assertThat(difference(BEFORE.replace("## 둘", "## 두 번째")).lines(Language.EN))
                .isEqualTo("  topic 2 \"두 번째\": changed");
    }

    @Test
    void aTopicThatOnlyMovedIsFoundByItsTitle() {
        String moved = BEFORE.replace("## 하나\n글", "## 새것\n글\n\n## 하나\n글");
        assertThat(difference(moved).lines(Language.EN).lines()).containsExactly("  topic 1 \"새것\": new");
    }

    @Test
    void aLongSummaryIsCutBetweenWords() {
        StringBuilder many = new StringBuilder(BEFORE);
        for (int i = 0; i < 90; i++) {
            many.append("\n## 새 주제 ").append(i).append("번\n글\n");
        }
        String summary = difference(many.toString()).summary();
        assertThat(summary).hasSizeLessThanOrEqualTo(500).matches(".*topic-\\d+");
        assertThat(IssueDifference.line(summary, Language.EN)).contains("topic 9");
    }
}
