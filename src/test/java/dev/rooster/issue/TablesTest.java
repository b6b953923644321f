package dev.rooster.issue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TablesTest {
    private static final String PRICES = """
            | 모델 | 값 | 비고 |
            |---|--:|:-:|
            | **작은 것** | 0.2 | [설명](https://a.kr/s) |
            | 큰 것 | 3 |  |
            """;

    @Test
    void aTableIsOneInBothParts() {
        assertThat(Parsing.html(PRICES).replaceAll("\\n", ""))
                .isEqualTo(
                        "<table><thead><tr><th>모델</th><th align=\"right\">값</th><th align=\"center\">비고</th></tr></thead>"
                                + "<tbody><tr><td><strong>작은 것</strong></td><td align=\"right\">0.2</td>"
                                + "<td align=\"center\"><a href=\"https://a.kr/s\">설명</a></td></tr>"
                                + "<tr><td>큰 것</td><td align=\"right\">3</td><td align=\"center\"></td></tr></tbody></table>");
        assertThat(Parsing.text(PRICES)).isEqualTo("""
                모델     값   비고
                -------  ---  ---------------------
                작은 것  0.2  설명 <https://a.kr/s>
                큰 것    3""");
        assertThat(Parsing.codes(Parsing.body(PRICES))).isEmpty();
    }

    @Test
    void aTableThatIsTooWideForALineBecomesItems() {
        String wide = "이 칸에는 제법 긴 문장이 들어 있어서 한 줄에 다 들어가지 않습니다";
        assertThat(Parsing.text("| 이름 | 설명 | 더 |\n|---|---|---|\n| 하나 | " + wide + " | " + wide + " |\n| 둘 | 짧음 | |\n"))
                .isEqualTo("- 하나\n  설명: " + wide + "\n  더: " + wide + "\n- 둘\n  설명: 짧음");
    }

    @Test
    void whatOnlyLooksLikeATableIsToldWithItsLine() {
        Finding broken = Parsing.finding(Parsing.body("글\n\n| 가 | 나 |\n| 1 | 2 |\n"), FindingCode.TABLE_BROKEN);
        assertThat(broken.line()).isEqualTo(7);
        assertThat(Parsing.codes(Parsing.body("| 가 | 나 |\n|---|\n| 1 | 2 |\n"))).contains(FindingCode.TABLE_BROKEN);
        assertThat(Parsing.codes(Parsing.body("A | B 중에서 고르세요\n그리고 | 하나 더\n"))).isEmpty();
    }

    @Test
    void manyColumnsAreTold() {
        String five = "| 1 | 2 | 3 | 4 | 5 |\n|---|---|---|---|---|\n| a | b | c | d | e |\n";
        assertThat(Parsing.codes(Parsing.body(five))).containsExactly(FindingCode.TABLE_WIDE);
    }

    @Test
    void aTableHoldsNoPictureAndNoScript() {
        assertThat(Parsing.codes(Parsing.body("| 가 |\n|---|\n| ![나](나.png) |\n")))
                .contains(FindingCode.PICTURE_NOT_ALONE);
        assertThat(Parsing.html("| 가 |\n|---|\n| <b onclick=\"x()\">나</b><script>x()</script> |\n"))
                .doesNotContain("onclick", "script");
        assertThat(Parsing.codes(Parsing.body("<table><tr><td>가</td></tr></table>\n")))
                .contains(FindingCode.RAW_HTML);
    }
}
