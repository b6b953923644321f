package dev.rooster.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rooster.language.DisplayWidth;
import dev.rooster.language.Language;
import dev.rooster.mail.Segment;
import dev.rooster.mail.Skeleton;
import dev.rooster.template.TemplateFault.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RenderIssueTest {

    @TempDir
    static Path pictures;

    @TempDir
    Path folder;

    private RenderedIssue render(String markdown, Language language) {
        return new RenderIssue(Templates.builtIn())
                .render(
                        SampleIssue.document(markdown, language, pictures),
                        SampleIssue.newsletter(language),
                        SampleIssue.LINKS);
    }

    private RenderedIssue sample() {
        return render(SampleIssue.markdown(), Language.KO);
    }

    private static Document html(RenderedIssue issue, String name) {
        return Jsoup.parse(issue.html().merge(SampleIssue.reader(name)));
    }

    @Test
    void everyPartOfTheIssueStandsInItsOrder() {
        Document html = html(sample(), "지수");

        assertThat(html.select("h1").eachText()).containsExactly("회의록을 쓰는 AI, 회의를 바꾸는 사람");
        assertThat(html.select("h2").eachText())
                .containsExactly("받아쓰기에서 요약으로", "요약을 믿어도 될까", "회의를 줄이는 질문 세 가지", "주간 뉴스 26.12월 1주차");
        assertThat(html.text())
                .containsSubsequence(
                        "받아쓰기는 끝났습니다. 이제 무엇을 묻느냐가 남았습니다",
                        "웹에서 보기",
                        "수탉의 AI 편지",
                        "2026년 12월 2일 수요일",
                        "자동 회의록 1년",
                        "그림: 편집부",
                        "지수님, 안녕하세요.",
                        "\"회의가 짧아졌다\"는 팀도",
                        "👩‍💻",
                        "기획자",
                        "아무도 안 읽어요!",
                        "오늘의 주제",
                        "1 받아쓰기에서 요약으로",
                        "회의 시간의 변화",
                        "관련 기사",
                        "음성 인식, 겹치는 말을 가르는 법 연구 노트",
                        "회의가 길어지는 이유에 대한 짧은 보고서 일터 연구소",
                        "화자 2:",
                        "도구는 받아쓰고",
                        "글로벌",
                        "작은 모델이 전화기 안에서 번역한다 기술 일간",
                        "인터넷 없이 40개 언어를 옮긴다",
                        "국내",
                        "오늘의 뉴스레터는 어떠셨나요?",
                        "모두 읽습니다",
                        "좋았어요",
                        "그저 그래요",
                        "아쉬웠어요",
                        "수탉의 AI 편지 📬",
                        "매주 수요일 오전 7시",
                        "jisu@example.com",
                        "수신거부 / Unsubscribe",
                        "루스터 & 친구들",
                        "서울특별시 종로구 세종대로 1, 2층",
                        "hello@rooster.dev",
                        "02-1234-5678");
        assertThat(html.select("a").eachAttr("href"))
                .contains(
                        "https://example.com/overlap?a=1&b=2",
                        "https://news.rooster.dev/f/token?v=good",
                        "https://news.rooster.dev/f/token?v=soso",
                        "https://news.rooster.dev/f/token?v=bad",
                        "https://news.rooster.dev/u/token",
                        "https://news.rooster.dev/p/token",
                        "https://news.rooster.dev/ai-weekly/archive/12");
    }

    @Test
    void readersWithoutANameAreGreetedToo() {
        RenderedIssue issue = sample();
        for (Skeleton part : List.of(issue.html(), issue.text())) {
            assertThat(part.merge(SampleIssue.reader("지수"))).contains("지수님, 안녕하세요.");
            assertThat(part.merge(SampleIssue.reader(null)))
                    .contains("구독자님, 안녕하세요.")
                    .doesNotContain("님님");
        }
    }

    @Test
    void aNameIsOnlyEverAText() {
        String hostile = "\"><script>alert(1)</script>{{7*7}}${7*7}";

        Document html = html(sample(), hostile);
        assertThat(html.select("script")).isEmpty();
        assertThat(html.text()).contains(hostile + "님, 안녕하세요.");
        assertThat(sample().text().merge(SampleIssue.reader(hostile))).contains(hostile + "님, 안녕하세요.");
    }

    @Test
    void markdownIsNoTemplate() {
        RenderedIssue issue = sample();
        for (String part : List.of(
                html(issue, "지수").text(),
                issue.text().merge(SampleIssue.reader("지수")),
                Jsoup.parse(issue.archiveHtml()).text())) {
            assertThat(part).contains("{{이 중괄호}}는 그대로 남아야 합니다. 7+7은 {{7+7}}, ${7+7}.");
        }
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void theTextPartHasEveryLinkOfTheHtmlPart(Language language) {
        RenderedIssue issue = render(SampleIssue.markdown(), language);
        String text = issue.text().merge(SampleIssue.reader("지수"));
        List<String> links = html(issue, "지수").select("a").eachAttr("href");

        assertThat(links).hasSizeGreaterThan(20);
        for (String link : links) {
            String shown = link.startsWith("mailto:")
                    ? link.substring(7)
                    : link.equals("tel:0212345678") ? "02-1234-5678" : link;
            assertThat(text).contains(shown);
        }
    }

    @Test
    void theTextPartIsWrappedTidyAndWhole() {
        String text = sample().text().merge(SampleIssue.reader("지수"));

        assertThat(text).doesNotContain("\n\n\n", " \n", "<a", "&amp;", "\t").endsWith("\n");
        assertThat(text.lines().filter(line -> !line.contains("https://")))
                .allSatisfy(line -> assertThat(DisplayWidth.columns(line)).isLessThanOrEqualTo(76));
        assertThat(text)
                .contains(
                        "[그림: 막대그래프: 회의 시간은 52분에서 41분으로 줄었다]",
                        "수신거부 / Unsubscribe\n",
                        "\nhttps://news.rooster.dev/u/token\n",
                        "루스터 & 친구들",
                        "전화 02-1234-5678",
                        "주소 서울특별시 종로구 세종대로 1, 2층",
                        "- 회의가 길어지는 이유에 대한 짧은 보고서 (일터 연구소)");
    }

    @Test
    void stylesAreInlineAndOnlyWhatCannotBeStaysInAStyleElement() {
        Document html = html(sample(), "지수");

        assertThat(html.select("p, td.text, h1, h2, a"))
                .allSatisfy(element -> assertThat(element.attr("style")).isNotEmpty());
        String kept = String.join("", html.select("style").eachAttr("class"))
                + html.select("style").html();
        assertThat(kept)
                .contains("prefers-color-scheme:dark", "max-width:480px", "[data-ogsc]")
                .doesNotContain("@import", "var(");
        assertThat(html.select("style"))
                .allSatisfy(style -> assertThat(style.html().length()).isLessThan(16 * 1024));
        assertThat(html.select("link, script, form, iframe")).isEmpty();
    }

    @Test
    void theHtmlPartStaysFarBelowTheSizeAtWhichMailsAreCutOff() {
        byte[] html =
                sample().html().merge(SampleIssue.reader("아주 긴 이름".repeat(10))).getBytes(StandardCharsets.UTF_8);

        assertThat(Base64.getMimeEncoder().encode(html).length).isLessThan(70_000);
        assertThat(new String(html, StandardCharsets.UTF_8)
                        .lines()
                        .mapToInt(String::length)
                        .max()
                        .orElse(0))
                .isLessThan(4000);
    }

    /** The sample that comes with Rooster is what a weekly issue is like; Gmail cuts at about 102 KB of the encoded part. */
    @Test
    void theSampleIssueIsFarFromBeingCutOffAndBothPartsSayTheSame() throws IOException {
        Path examples = Path.of("docs/examples");
        RenderedIssue issue = new RenderIssue(Templates.builtIn())
                .render(
                        SampleIssue.document(
                                Files.readString(examples.resolve("2026-12-02-ai-weekly.md")), Language.KO, examples),
                        SampleIssue.newsletter(Language.KO),
                        SampleIssue.LINKS);
        String html = issue.html().merge(SampleIssue.reader("지수"));
        String text = issue.text().merge(SampleIssue.reader("지수"));

        assertThat(Base64.getMimeEncoder().encode(html.getBytes(StandardCharsets.UTF_8)).length)
                .isLessThan(70_000);
        assertThat(Jsoup.parse(html).select("a[href^=http]").eachAttr("href"))
                .hasSizeGreaterThan(20)
                .allSatisfy(link -> assertThat(text).contains(link));
    }

    @Test
    void picturesHaveSizesAndAreNeverStretched() {
        Document html = html(sample(), "지수");

        assertThat(html.select("img")).hasSize(3).allSatisfy(image -> {
            assertThat(image.attr("src")).startsWith("https://news.rooster.dev/media/");
            assertThat(image.attr("alt")).isNotBlank();
        });
        assertThat(html.select("img").eachAttr("width")).containsExactly("600", "552", "320");
        assertThat(html.select("img").eachAttr("height")).containsExactly("315", "280", "240");
    }

    @Test
    void theArchivePageIsTheSameForEverybodyAndHasAnchors() {
        Document page = Jsoup.parse(sample().archiveHtml());

        assertThat(page.select("nav a").eachAttr("href")).containsExactly("#topic-1", "#topic-2", "#topic-3");
        assertThat(page.select("section.topic").eachAttr("id")).containsExactly("topic-1", "topic-2", "topic-3");
        assertThat(page.text()).contains("작은 모델이 전화기 안에서 번역한다", "구독하기").doesNotContain("수신거부", "님, 안녕하세요");
        assertThat(page.select("h2").eachText()).hasSize(4);
    }

    @Test
    void boldWordsInADialogueOfTheArchiveAreNotTakenForTheSpeaker() {
        String markdown = "---\n제목: 가\n날짜: 2026-12-02\n---\n글\n\n## 나\n\n> 👱 이건 **정말** 중요해요\n";

        Document page = Jsoup.parse(render(markdown, Language.KO).archiveHtml());

        assertThat(page.select(".bubble strong").text()).isEqualTo("정말");
        assertThat(page.select("style").html()).contains(".bubble .speaker {").doesNotContain(".bubble b");
    }

    @Test
    void anAdvertisementSaysSoExactlyAsTheLawSpellsIt() {
        assertThat(sample().subject()).isEqualTo("회의록을 쓰는 AI, 회의를 바꾸는 사람");
        assertThat(render(SampleIssue.markdown().replace("부제:", "광고: 예\n부제:"), Language.KO)
                        .subject())
                .isEqualTo("(광고) 회의록을 쓰는 AI, 회의를 바꾸는 사람");

        RenderedIssue sponsored =
                render(SampleIssue.markdown() + "\n## 협찬: 연필 가게\n\n[연필](https://example.com/pen)을 삽니다.\n", Language.KO);
        assertThat(sponsored.subject()).startsWith("(광고) ");
        assertThat(html(sponsored, "지수").text()).contains("연필 가게 · 협찬");
        assertThat(sponsored.text().merge(SampleIssue.reader("지수")))
                .contains("[연필 가게 · 협찬]", "https://example.com/pen");
    }

    @Test
    void theSmallestIssueIsWholeToo() {
        RenderedIssue issue = render("---\n제목: 짧은 호\n피드백: 아니요\n---\n\n안녕하세요.\n", Language.EN);
        Document html = html(issue, null);

        assertThat(html.select("h1").text()).isEqualTo("짧은 호");
        assertThat(html.select("h2, img")).isEmpty();
        assertThat(html.text())
                .contains("Hello,", "수신거부 / Unsubscribe")
                .doesNotContain("In this issue", "Related", "So-so");
        assertThat(html.text()).doesNotContain("false", "null", "[]");
        assertThat(issue.text().merge(SampleIssue.reader(null))).doesNotContain("false", "null", "f/token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{{identity.phone}}", "{{link.unsubscribe}}", "{{identity.address}}", "수신거부", "Unsubscribe"})
    void aTemplateThatForgetsWhatTheLawWantsIsRefused(String forgotten) throws IOException {
        Path templates = folder.resolve("templates");
        Files.createDirectories(templates.resolve("parts"));
        String foot =
                new TemplateFiles(null, "").get("parts/foot.text.mustache").text();
        Files.writeString(templates.resolve("parts/foot.text.mustache"), foot.replace(forgotten, "…"));

        TemplateProblem problem = catchThrowableOfType(
                TemplateProblem.class,
                () -> new RenderIssue(new Templates(templates))
                        .render(
                                SampleIssue.document(SampleIssue.markdown(), Language.KO, pictures),
                                SampleIssue.newsletter(Language.KO),
                                SampleIssue.LINKS));

        assertThat(problem.faults()).extracting(TemplateFault::kind).containsOnly(Kind.LAW);
        assertThat(problem.faults()).extracting(TemplateFault::file).containsOnly("templates/issue.text.mustache");
    }

    @Test
    void anInstallationOverridesFileByFileAndWordByWord() throws IOException {
        Path templates = folder.resolve("templates");
        Files.createDirectories(templates.resolve("own"));
        Files.writeString(templates.resolve("texts_ko.properties"), "today=이번 주 이야기\n");
        Files.writeString(templates.resolve("issue.css"), "p { color: #123456 }\n");

        RenderedIssue issue = new RenderIssue(new Templates(templates))
                .render(
                        SampleIssue.document(SampleIssue.markdown(), Language.KO, pictures),
                        SampleIssue.newsletter(Language.KO),
                        SampleIssue.LINKS);

        assertThat(html(issue, "지수").text()).contains("이번 주 이야기", "관련 기사");
        assertThat(html(issue, "지수").select("p").attr("style")).isEqualTo("color:#123456");
    }

    @Test
    void aWrongStyleSheetIsToldWithItsLine() throws IOException {
        Path templates = folder.resolve("templates");
        Files.createDirectories(templates);
        Files.writeString(templates.resolve("issue.css"), "p { color: red }\n\nh1 { color: }\n");

        TemplateProblem problem = catchThrowableOfType(
                TemplateProblem.class,
                () -> new RenderIssue(new Templates(templates))
                        .render(
                                SampleIssue.document(SampleIssue.markdown(), Language.KO, pictures),
                                SampleIssue.newsletter(Language.KO),
                                SampleIssue.LINKS));

        assertThat(problem.faults()).extracting(TemplateFault::kind).containsExactly(Kind.CSS);
        assertThat(problem.faults().get(0).file()).isEqualTo("templates/issue.css");
        assertThat(problem.faults().get(0).line()).isEqualTo(3);
    }

    @Test
    void mostOfAMailIsFixed() {
        RenderedIssue issue = sample();

        assertThat(issue.html().segments().stream()
                        .filter(Segment.Hole.class::isInstance)
                        .count())
                .isLessThan(12);
        assertThat(issue.html().fields())
                .containsExactlyInAnyOrder(
                        "subscriber.name",
                        "subscriber.email",
                        "link.unsubscribe",
                        "link.preferences",
                        "link.feedback.good",
                        "link.feedback.soso",
                        "link.feedback.bad");
        assertThat(issue.text().fields()).isEqualTo(issue.html().fields());
    }

    @Test
    void nothingThatMailProgramsCannotDoIsInTheMail() {
        Document html = html(sample(), "지수");

        for (Element element : html.select("[style]")) {
            assertThat(element.attr("style")).doesNotContain("flex", "grid", "position", "var(", "float");
        }
        assertThat(html.select("table"))
                .allSatisfy(table -> assertThat(table.attr("role")).isEqualTo("presentation"));
        assertThat(html.select("html").attr("lang")).isEqualTo("ko");
        assertThat(html.select("meta[name=color-scheme]").attr("content")).isEqualTo("light dark");
        assertThat(html.select("table[width=600]"))
                .isNotEmpty()
                .allSatisfy(table -> assertThat(table.attr("style")).contains("max-width:600px"));
        assertThat(html.title()).isEqualTo("회의록을 쓰는 AI, 회의를 바꾸는 사람");
        assertThat(html.select("[style*=display:none], [hidden]")).isEmpty();
    }
}
