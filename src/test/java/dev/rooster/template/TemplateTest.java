package dev.rooster.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.groups.Tuple.tuple;

import dev.rooster.language.Language;
import dev.rooster.mail.Escaping;
import dev.rooster.mail.Segment;
import dev.rooster.mail.Skeleton;
import dev.rooster.template.TemplateFault.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {

    record Item(String title, Optional<Url> url) {}

    record Model(
            String name,
            int count,
            boolean open,
            Url home,
            Html body,
            List<Item> items,
            Item first,
            Map<String, String> extra) {}

    private static Model model(String name, String body, List<Item> items) {
        return new Model(
                name,
                3,
                true,
                new Url("https://news.rooster.dev/?a=1&b=2"),
                new Html(body),
                items,
                null,
                Map.of("도시", "부산"));
    }

    private static final Model MODEL = model(
            "김 <b>",
            "<p>본문</p>",
            List.of(new Item("하나", Optional.of(new Url("https://a.kr"))), new Item("둘", Optional.empty())));

    @TempDir
    Path folder;

    private void write(String name, String text) {
        try {
            Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Template load(TemplateKind kind, String text) {
        write("t" + kind.suffix(), text);
        return new Templates(folder).load(kind, "t", Model.class, Language.KO);
    }

    private String html(String text) {
        return load(TemplateKind.HTML, text).render(MODEL);
    }

    private List<TemplateFault> faults(TemplateKind kind, String text) {
        TemplateProblem problem = catchThrowableOfType(TemplateProblem.class, () -> load(kind, text));
        assertThat(problem).as("no fault in %s", text).isNotNull();
        return problem.faults();
    }

    private Kind faultOf(TemplateKind kind, String text) {
        return faults(kind, text).get(0).kind();
    }

    private Skeleton skeleton(String text) {
        Template template = load(TemplateKind.MAIL_HTML, text);
        return SkeletonCompiler.compile(Sentinels.uncomment(template.render(MODEL)), template.merges());
    }

    @Test
    void valuesAreEscapedAndSectionsRepeated() {
        assertThat(html("<p title=\"{{name}}\">{{name}} {{count}}{{#open}}!{{/open}}{{^open}}?{{/open}}</p>{{{body}}}"))
                .isEqualTo("<p title=\"김 &lt;b&gt;\">김 &lt;b&gt; 3!</p><p>본문</p>");
        assertThat(
                        html(
                                "{{#items}}[{{title}}{{#url}} <a href=\"{{url}}\">.</a>{{/url}}]{{/items}}{{#first}}x{{/first}}"))
                .isEqualTo("[하나 <a href=\"https://a.kr\">.</a>][둘]");
        assertThat(html("{{#first}}{{title}}{{/first}}|{{extra.도시}}")).isEqualTo("|부산");
    }

    @Test
    void textIsNotEscapedButLosesItsControls() {
        assertThat(load(TemplateKind.TEXT, "{{name}}\n")
                        .render(model("a&b\u0000\u001b[31m\u0085\uFDD0", "", List.of())))
                .isEqualTo("a&b[31m\n");
    }

    @Test
    void contentThatLooksLikeATemplateIsOnlyContent() {
        assertThat(load(TemplateKind.HTML, "{{name}} {{{body}}}")
                        .render(model("{{count}} {{{body}}} ${7*7}", "<p>{{7*7}}</p>", List.of())))
                .isEqualTo("{{count}} {{{body}}} ${7*7} <p>{{7*7}}</p>");
    }

    @Test
    void aNameThatDoesNotExistIsRefusedWithItsLineAndTheOnesThatDo() {
        TemplateFault fault = faults(TemplateKind.HTML, "<p>\n{{#items}}\n{{titel}}\n{{/items}}</p>")
                .get(0);

        assertThat(fault.kind()).isEqualTo(Kind.UNKNOWN_NAME);
        assertThat(fault.file()).isEqualTo("templates/t.html.mustache");
        assertThat(fault.line()).isEqualTo(3);
        assertThat(fault.found()).isEqualTo("titel");
        assertThat(fault.expected()).contains("title", "name", "items");
        assertThat(fault.message(Language.KO))
                .startsWith("templates/t.html.mustache:3: ")
                .contains("titel");
        assertThat(fault.message(Language.EN))
                .startsWith("templates/t.html.mustache:3: ")
                .contains("titel");
    }

    @Test
    void everyFaultIsListedAtOnce() {
        assertThat(faults(TemplateKind.HTML, "{{a}}\n{{b}}\n{{name}}\n{{text.nothing-of-the-kind}}"))
                .extracting(TemplateFault::kind, TemplateFault::line)
                .containsExactly(tuple(Kind.UNKNOWN_NAME, 1), tuple(Kind.UNKNOWN_NAME, 2), tuple(Kind.UNKNOWN_TEXT, 4));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{7*7}}",
                "{{name.class}}",
                "{{class.classLoader}}",
                "{{getClass}}",
                "{{name.length}}",
                "{{#name.getBytes}}x{{/name.getBytes}}",
                "{{items.0.title}}"
            })
    void nothingBehindTheValuesCanBeReached(String text) {
        assertThat(faultOf(TemplateKind.HTML, text)).isEqualTo(Kind.UNKNOWN_NAME);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a\\n{{#open}}b                   | 2",
                "a\\n{{#open}}b\\n{{/items}}      | 3",
                "a\\nb\\n{{name                   | 3",
                "a\\n{{/open}}                    | 2",
                "{{{name}}                        | 1",
            })
    void badSyntaxIsToldWithItsLine(String text, int line) {
        TemplateFault fault =
                faults(TemplateKind.HTML, text.replace("\\n", "\n")).get(0);

        assertThat(fault.kind()).isEqualTo(Kind.SYNTAX);
        assertThat(fault.line()).isEqualTo(line);
        assertThat(fault.found()).isNotBlank().doesNotContain("t.html.mustache");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{{items}}                                | NOT_A_TEXT",
                "{{open}}                                 | NOT_A_TEXT",
                "{{{name}}}                               | RAW_TEXT",
                "{{&name}}                                | RAW_TEXT",
                "{{body}}                                 | ESCAPED_HTML",
                "<p title=\"{{{body}}}\">                 | UNSAFE_PLACE",
                "<p title={{name}}>                       | UNSAFE_PLACE",
                "<p {{name}}=\"1\">                       | UNSAFE_PLACE",
                "<{{name}}>                               | UNSAFE_PLACE",
                "<p onclick=\"f({{name}})\">              | UNSAFE_PLACE",
                "<p onclick = \"f({{name}})\">            | UNSAFE_PLACE",
                "<p style=\"color:{{name}}\">             | UNSAFE_PLACE",
                "<a href=\"{{name}}\">                    | UNSAFE_PLACE",
                "<a href='https://a.kr/{{name}}'>         | UNSAFE_PLACE",
                "<a href=\"https://a.kr/{{home}}\">       | UNSAFE_PLACE",
                "<script>var a = \"{{name}}\"</script>    | UNSAFE_PLACE",
                "<script>var a = {{count}}</script>       | UNSAFE_PLACE",
                "<style>p{color:{{name}}}</style>         | UNSAFE_PLACE",
                "<!-- {{name}} -->                        | UNSAFE_PLACE",
                "<a {{#open}}href=\"{{/open}}x\">         | BROKEN_SECTION",
                "{{>*name}}                               | SWITCHED_OFF",
                "{{<name}}{{/name}}                       | SWITCHED_OFF",
                "{{$name}}{{/name}}                       | SWITCHED_OFF",
                "{{>nowhere}}                             | MISSING_FILE",
                "{{>../t}}                                | MISSING_FILE",
                "{{>t}}                                   | PARTIAL_RECURSION",
                "{{subscriber.name}}                      | NO_RECIPIENT",
                "{{link.unsubscribe}}                     | NO_RECIPIENT",
            })
    void whatIsNotSafeOrSoundIsRefused(String text, Kind kind) {
        assertThat(faultOf(TemplateKind.HTML, text)).isEqualTo(kind);
    }

    @Test
    void placesThatAreSafeAreFine() {
        assertThat(
                        html(
                                "<title>{{name}}</title><!--[if mso]><td width=\"{{count}}\"><![endif]--><style>p{width:{{count}}px}</style>"
                                        + "<p class='{{name}}' data-x = \"{{name}}\">a < {{count}}</p><a href=\"{{home}}\">{{home}}</a><br/>{{name}}"))
                .contains(
                        "<title>김 &lt;b&gt;</title>",
                        "width=\"3\"",
                        "width:3px",
                        "href=\"https://news.rooster.dev/?a=1&amp;b=2\"");
    }

    @Test
    void aTemplateIncludesOthersAndItsWordsComeFromTheFilesBesideIt() {
        write("part.html.mustache", "<i>{{title}}</i>");
        write("texts_ko.properties", "hello=안녕 & 반가워요");
        assertThat(html("{{#items}}{{>part}}{{/items}}{{text.hello}} {{lang}} {{#ko}}한{{/ko}}{{#en}}en{{/en}}"))
                .isEqualTo("<i>하나</i><i>둘</i>안녕 &amp; 반가워요 ko 한");
    }

    @Test
    void templatesThatIncludeEachOtherAreRefused() {
        write("a.html.mustache", "{{>b}}");
        write("b.html.mustache", "\n{{>a}}");
        TemplateFault fault = faults(TemplateKind.HTML, "{{>a}}").get(0);
        assertThat(fault.kind()).isEqualTo(Kind.PARTIAL_RECURSION);
        assertThat(fault.file()).isEqualTo("templates/b.html.mustache");
        assertThat(fault.line()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{#items}}{{#items}}{{name}}{{/items}}{{/items}}",
                "{{#items}}{{#items}}{{#items}}{{#items}}{{#items}}{{/items}}{{/items}}{{/items}}{{/items}}{{/items}}"
            })
    @Timeout(20)
    void workWithoutEndIsStopped(String text) {
        Model large = model("x".repeat(10_000), "", Collections.nCopies(1000, new Item("a", Optional.empty())));
        Template template = load(TemplateKind.HTML, text);

        assertThat(catchThrowableOfType(TemplateProblem.class, () -> template.render(large))
                        .faults()
                        .get(0)
                        .kind())
                .isEqualTo(Kind.TOO_MUCH_OUTPUT);
    }

    @ParameterizedTest
    @CsvSource({"latin, NOT_UTF8", "large, TOO_LARGE", "missing, MISSING_FILE"})
    void aFileThatIsNoTemplateIsRefused(String name, Kind kind) throws IOException {
        Files.write(folder.resolve("latin.html.mustache"), new byte[] {(byte) 0xe9, 'a'});
        Files.write(folder.resolve("large.html.mustache"), new byte[TemplateFiles.BYTES_MAX + 1]);

        assertThat(catchThrowableOfType(
                                TemplateProblem.class,
                                () -> new Templates(folder).load(TemplateKind.HTML, name, Model.class, Language.EN))
                        .faults()
                        .get(0)
                        .kind())
                .isEqualTo(kind);
    }

    @Test
    void mergeFieldsBecomeHolesEscapedForWhereTheyStand() {
        Skeleton skeleton = skeleton(
                "<title>{{subscriber.name}}</title><p title=\"{{subscriber.name | 독자}}\">{{subscriber.도시}}</p>"
                        + "<a href=\"{{link.unsubscribe}}\">{{link.unsubscribe}}</a><a href=\"https://a.kr/?q={{subscriber.email}}\">");

        assertThat(skeleton.segments().stream().filter(Segment.Hole.class::isInstance))
                .containsExactly(
                        new Segment.Hole("subscriber.name", Escaping.HTML, ""),
                        new Segment.Hole("subscriber.name", Escaping.HTML_ATTRIBUTE, "독자"),
                        new Segment.Hole("subscriber.도시", Escaping.HTML, ""),
                        new Segment.Hole("link.unsubscribe", Escaping.HTML_ATTRIBUTE, ""),
                        new Segment.Hole("link.unsubscribe", Escaping.HTML, ""),
                        new Segment.Hole("subscriber.email", Escaping.URL_COMPONENT, ""));
        assertThat(skeleton.merge(
                        field -> field.equals("subscriber.email") ? "a&b=c@d.kr" : "\"><script>{{7*7}}${7*7}"))
                .contains("?q=a%26b%3Dc%40d.kr", "title=\"&quot;&gt;&lt;script&gt;{{7*7}}${7*7}\"")
                .doesNotContain("<script>");
    }

    @Test
    void presentOrNotBecomesAChoice() {
        Skeleton skeleton = skeleton(
                "<p>{{#subscriber.name}}<b>{{subscriber.name}}</b> 님{{/subscriber.name}}{{^subscriber.name}}구독자님{{/subscriber.name}}</p>"
                        + "<p title=\"{{#subscriber.name}}a{{/subscriber.name}}\">");

        assertThat(skeleton.merge(field -> "지수")).isEqualTo("<p><b>지수</b> 님</p><p title=\"a\">");
        assertThat(skeleton.merge(field -> null)).isEqualTo("<p>구독자님</p><p title=\"\">");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{{#subscriber}}{{name}}{{/subscriber}}                          | RECIPIENT_SECTION",
                "{{#subscriber.a.b}}x{{/subscriber.a.b}}                         | RECIPIENT_SECTION",
                "{{#link.unsubscribe}}x{{/link.unsubscribe}}                     | RECIPIENT_SECTION",
                "{{^link.feedback.good}}x{{/link.feedback.good}}                 | RECIPIENT_SECTION",
                "{{subscriber}}                                                  | RECIPIENT_SECTION",
                "{{link.feedback.great}}                                         | RECIPIENT_SECTION",
                "<a href=\"{{subscriber.name}}\">                                | UNSAFE_PLACE",
                "<a href=\"javascript:{{subscriber.name}}\">                     | UNSAFE_PLACE",
                "<a href=\"https://a.kr/{{subscriber.name}}\">                   | UNSAFE_PLACE",
                "<a href=\"https://{{subscriber.name}}/?a=\">                    | UNSAFE_PLACE",
                "<a href=\"https://a.kr/?{{subscriber.name}}\">                  | UNSAFE_PLACE",
                "<a href=\"https://a.kr/{{link.unsubscribe}}\">                  | UNSAFE_PLACE",
                "<p style=\"{{subscriber.name}}\">                               | UNSAFE_PLACE",
                "<p title={{subscriber.name}}>                                   | UNSAFE_PLACE",
                "<!--[if mso]>{{subscriber.name}}<![endif]-->                    | UNSAFE_PLACE",
                "<p {{#subscriber.name}}title=\"x\">{{/subscriber.name}}         | BROKEN_SECTION",
            })
    void recipientDataIsRefusedWhereItIsNeitherShownNorAskedFor(String text, Kind kind) {
        TemplateFault fault = faults(TemplateKind.MAIL_HTML, "<p>\n" + text).get(0);

        assertThat(fault.kind()).isEqualTo(kind);
        assertThat(fault.line()).isEqualTo(2);
    }

    @Test
    void aTemplateIsCompiledOnceAndAgainWhenOneOfItsFilesChanges() throws IOException {
        write("t.html.mustache", "{{>part}} {{text.hello}}");
        write("part.html.mustache", "one");
        write("texts_ko.properties", "hello=안녕");
        Templates templates = new Templates(folder);
        Template first = templates.load(TemplateKind.HTML, "t", Model.class, Language.KO);

        assertThat(templates.load(TemplateKind.HTML, "t", Model.class, Language.KO))
                .isSameAs(first);
        assertThat(first.render(MODEL)).isEqualTo("one 안녕");

        write("part.html.mustache", "three");
        assertThat(templates
                        .load(TemplateKind.HTML, "t", Model.class, Language.KO)
                        .render(MODEL))
                .isEqualTo("three 안녕");
        write("texts_ko.properties", "hello=반가워요");
        assertThat(templates
                        .load(TemplateKind.HTML, "t", Model.class, Language.KO)
                        .render(MODEL))
                .isEqualTo("three 반가워요");
        Files.delete(folder.resolve("part.html.mustache"));
        assertThat(catchThrowableOfType(
                                TemplateProblem.class,
                                () -> templates.load(TemplateKind.HTML, "t", Model.class, Language.KO))
                        .faults()
                        .get(0)
                        .kind())
                .isEqualTo(Kind.MISSING_FILE);
    }
}
