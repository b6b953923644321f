package dev.rooster.issue;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jsoup.Jsoup;

class IssueParserProperties {
    /** Signs that Markdown, HTML and Korean typing give a meaning, in any order. */
    @Provide
    Arbitrary<String> bodies() {
        return Arbitraries.of(
                        "*",
                        "**",
                        "_",
                        "`",
                        "```",
                        "\n",
                        "\n\n",
                        "- ",
                        "  - ",
                        "1. ",
                        "> ",
                        "# ",
                        "## ",
                        "### ",
                        "[",
                        "](",
                        ")",
                        "![",
                        "](a.png",
                        " \"",
                        "'",
                        "\\",
                        "<b>",
                        "</b>",
                        "<script>",
                        "<style>",
                        "<a href='",
                        "javascript:",
                        "https://a.kr/",
                        "<!--",
                        "-->",
                        "&lt;",
                        "{{x}}",
                        "말",
                        "은",
                        "마무리",
                        "관련 기사",
                        "주간 뉴스",
                        "👱🏻‍♂️",
                        ": ",
                        "·",
                        "2026. 12. 2.",
                        "---",
                        "===",
                        "~",
                        "    ",
                        "\t",
                        "\u2028")
                .list()
                .ofMaxSize(60)
                .map(parts -> String.join("", parts));
    }

    @Property(tries = 2000)
    void whateverIsTypedNothingButTheAllowListComesOutAndNothingFails(@ForAll("bodies") String body) {
        IssueDocument issue = Parsing.body(body).document();

        issue.lead().forEach(this::isSafe);
        issue.topics().forEach(topic -> {
            topic.blocks().forEach(this::isSafe);
            isSafe(topic.title().html());
            topic.related().forEach(related -> isSafe(related.title().html()));
        });
        issue.news()
                .ifPresent(news -> news.groups()
                        .forEach(group -> group.items().forEach(item -> {
                            isSafe(item.title().html());
                            item.summaries().forEach(summary -> isSafe(summary.html()));
                        })));
    }

    private void isSafe(Block block) {
        if (block instanceof Block.Prose prose) {
            isSafe(prose.html());
        } else if (block instanceof Block.Dialogue dialogue) {
            dialogue.lines().forEach(line -> isSafe(line.words().html()));
        } else if (block instanceof Block.Figure figure) {
            assertThat(figure.link()).matches("(https?:|mailto:|tel:|$).*");
        }
    }

    private void isSafe(String html) {
        assertThat(html).doesNotContain(String.valueOf(InertMark.MARK));
        Jsoup.parseBodyFragment(html).body().select("*:not(body)").forEach(element -> {
            assertThat(SafeHtml.allows(element.normalName())).as(html).isTrue();
            element.attributes()
                    .forEach(attribute -> assertThat(attribute.getKey()).isIn("href", "start"));
            assertThat(element.attr("href")).matches("(?:https?:|mailto:|tel:).*|");
        });
    }

    @Property(tries = 500)
    void bytesOfAnyKindAreRefusedOrRead(@ForAll byte[] bytes) {
        assertThat(Parsing.bytes(bytes, Parsing.anyPicture()).document()).isNotNull();
    }
}
