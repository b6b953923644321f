package dev.rooster.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.language.Language;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What mail programs can't do, and what eyes can't read, is not in the default mail. */
class DefaultMailLintTest {

    private static final Pattern COLOUR =
            Pattern.compile("(?:^|;)\\s*(color|background-color):\\s*#([0-9a-fA-F]{6}|[0-9a-fA-F]{3})\\b");
    private static final Pattern DARK =
            Pattern.compile("@media \\(prefers-color-scheme:dark\\)\\{(.*?\\})\\}", Pattern.DOTALL);

    @TempDir
    static Path pictures;

    private static String source;

    @BeforeAll
    static void render() {
        source = new RenderIssue(Templates.builtIn())
                .render(
                        SampleIssue.document(
                                SampleIssue.markdown() + "\n## 협찬: 연필 가게\n\n[연필](https://example.com/pen)을 삽니다.\n",
                                Language.KO,
                                pictures),
                        SampleIssue.newsletter(Language.KO),
                        SampleIssue.LINKS)
                .html()
                .merge(SampleIssue.reader("지수"));
    }

    private static Document mail() {
        return Jsoup.parse(source);
    }

    @Test
    void layoutIsTablesThatScreenReadersSkip() {
        assertThat(mail().select("table")).hasSizeGreaterThan(10).allSatisfy(table -> {
            assertThat(table.attr("role")).isEqualTo("presentation");
            assertThat(table.attr("cellpadding") + table.attr("cellspacing") + table.attr("border"))
                    .isEqualTo("000");
        });
        assertThat(mail().select("[style]"))
                .allSatisfy(element -> assertThat(element.attr("style"))
                        .doesNotContainPattern("flex|grid|position|float|var\\(|url\\(|display:none|@"));
    }

    @Test
    void everyPictureHasSizeAndWords() {
        assertThat(mail().select("img")).isNotEmpty().allSatisfy(image -> {
            assertThat(image.hasAttr("alt")).isTrue();
            assertThat(image.attr("width")).matches("[1-9][0-9]*");
            assertThat(image.attr("height")).matches("[1-9][0-9]*");
            assertThat(image.attr("src")).startsWith("https://");
        });
    }

    @Test
    void nothingIsSmallerThanSixteenPixelsButCode() {
        for (Element element : mail().select("[style*=font-size]")) {
            Matcher size = Pattern.compile("font-size:([0-9]+)px").matcher(element.attr("style"));
            assertThat(size.find()).isTrue();
            boolean small = element.is("code, pre, .gap, td[colspan]");
            assertThat(Integer.parseInt(size.group(1))).as(element.outerHtml()).isGreaterThanOrEqualTo(small ? 10 : 16);
        }
    }

    @Test
    void runningTextHasRoomAndKoreanWordsAreNotBroken() {
        assertThat(mail().select("td.text"))
                .isNotEmpty()
                .allSatisfy(cell -> assertThat(cell.attr("style"))
                        .contains("word-break:keep-all", "overflow-wrap:break-word", "'Apple SD Gothic Neo'"));
        assertThat(mail().select("td.text > p:not([style*=center], [style*=color])"))
                .isNotEmpty()
                .allSatisfy(
                        paragraph -> assertThat(paragraph.attr("style")).contains("font-size:17px", "line-height:1.7"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void everyTextHasContrastToWhatLiesBehindIt(String scheme) {
        Document mail = mail();
        if (scheme.equals("dark")) {
            goDark(mail);
        }
        List<String> faint = new ArrayList<>();
        int looked = 0;
        for (Element element : mail.body().select("*")) {
            if (!element.ownText().isBlank()) {
                double contrast = contrast(nearest(element, "color"), nearest(element, "background-color"));
                looked++;
                if (contrast < 4.5) {
                    faint.add("%.1f %s".formatted(contrast, element.outerHtml()));
                }
            }
        }
        assertThat(looked).isGreaterThan(60);
        assertThat(faint).isEmpty();
    }

    @Test
    void inTheDarkNoLightBoxIsLeft() {
        Document mail = mail();
        goDark(mail);
        for (Element element : mail.select("[style*=background-color]")) {
            if (!element.is("mark, td.badge")) {
                assertThat(luminance(nearest(element, "background-color")))
                        .as(element.tagName() + " " + element.className())
                        .isLessThan(0.1);
            }
        }
    }

    /** Writes the rules of the dark scheme over the inlined ones, as a mail program does that knows it. */
    private static void goDark(Document mail) {
        Matcher media = DARK.matcher(mail.select("style").first().data());
        assertThat(media.find()).isTrue();
        StyleSheet dark = StyleSheet.read(new TemplateFiles.Source("dark", media.group(1)));
        Map<Element, String> styles = new LinkedHashMap<>();
        for (StyleSheet.Rule rule : dark.inlined()) {
            for (Element element : mail.select(rule.selector())) {
                for (StyleSheet.Declaration declaration : rule.declarations()) {
                    assertThat(declaration.important()).as(rule.selector()).isTrue();
                    styles.merge(element, ";" + declaration.property() + ":" + declaration.value(), String::concat);
                }
            }
        }
        styles.forEach((element, style) -> element.attr("style", element.attr("style") + style));
    }

    /** The last value of the property on the element or the closest one around it that has it. */
    private static String nearest(Element element, String property) {
        for (Element at = element; at != null; at = at.parent()) {
            String found = null;
            for (Matcher matcher = COLOUR.matcher(at.attr("style"));
                    matcher.find();
                    matcher.region(matcher.end(), matcher.regionEnd())) {
                found = matcher.group(1).equals(property) ? matcher.group(2) : found;
            }
            if (found != null) {
                return found;
            }
        }
        throw new AssertionError("no " + property + " around " + element.outerHtml());
    }

    /** WCAG 2.2, contrast ratio. */
    private static double contrast(String one, String other) {
        double[] luminances = {luminance(one), luminance(other)};
        Arrays.sort(luminances);
        return (luminances[1] + 0.05) / (luminances[0] + 0.05);
    }

    private static double luminance(String hex) {
        String six = hex.length() == 3 ? hex.replaceAll("(.)", "$1$1") : hex;
        double[] weights = {0.2126, 0.7152, 0.0722};
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            double channel = Integer.parseInt(six.substring(2 * i, 2 * i + 2), 16) / 255.0;
            sum += weights[i] * (channel <= 0.04045 ? channel / 12.92 : Math.pow((channel + 0.055) / 1.055, 2.4));
        }
        return sum;
    }
}
