package dev.rooster.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class EncodedPartTest {

    @Provide
    Arbitrary<Skeleton> skeletons() {
        return MailTexts.skeletons();
    }

    @Provide
    Arbitrary<MergeValues> values() {
        return MailTexts.values();
    }

    @Property(tries = 300)
    void aSplicedBase64BodyDecodesToTheMergedText(
            @ForAll("skeletons") Skeleton skeleton, @ForAll("values") MergeValues values) throws Exception {
        String body = written(new Base64Part(skeleton), values);
        String merged = skeleton.merge(values).replace("\n", "\r\n");
        assertThat(StrictMime.decodeBase64(body)).isEqualTo(merged);
        assertThat(decodedByJakartaMail(body, "base64")).isEqualTo(merged);
    }

    @Property(tries = 300)
    void aSplicedQuotedPrintableBodyDecodesToTheMergedText(
            @ForAll("skeletons") Skeleton skeleton, @ForAll("values") MergeValues values) throws Exception {
        String body = written(new QuotedPrintablePart(skeleton), values);
        String merged = skeleton.merge(values).replace("\n", "\r\n");
        assertThat(StrictMime.decodeQuotedPrintable(body)).isEqualTo(merged);
        assertThat(decodedByJakartaMail(body, "quoted-printable")).isEqualTo(merged);
    }

    @Test
    void everyAlignmentOfEveryLengthDecodes() {
        String fixed = "가나다 abc\n".repeat(40);
        for (int before = 0; before < 7; before++) {
            for (int value = 0; value < 200; value++) {
                Skeleton skeleton = new Skeleton(List.of(
                        new Segment.Fixed("b".repeat(before)),
                        new Segment.Hole("v", Escaping.TEXT, ""),
                        new Segment.Fixed(fixed),
                        new Segment.Hole("v", Escaping.TEXT, ""),
                        new Segment.Fixed(fixed + "e".repeat(before))));
                String v = "v".repeat(value);
                String merged = skeleton.merge(f -> v).replace("\n", "\r\n");
                assertThat(StrictMime.decodeBase64(written(new Base64Part(skeleton), f -> v)))
                        .isEqualTo(merged);
                assertThat(StrictMime.decodeQuotedPrintable(written(new QuotedPrintablePart(skeleton), f -> v)))
                        .isEqualTo(merged);
            }
        }
    }

    @Test
    void windowsAndOldMacLineEndsBecomeCrlf() {
        Skeleton skeleton = Skeleton.of("a\r\nb\rc\nd");
        assertThat(StrictMime.decodeBase64(written(new Base64Part(skeleton), f -> null)))
                .isEqualTo("a\r\nb\r\nc\r\nd");
        assertThat(StrictMime.decodeQuotedPrintable(written(new QuotedPrintablePart(skeleton), f -> null)))
                .isEqualTo("a\r\nb\r\nc\r\nd");
    }

    @Test
    void koreanTextIsBase64AndMarkupQuotedPrintable() {
        assertThat(EncodedPart.shortest(Skeleton.of("안녕하세요 여러분. ".repeat(50))).encodingName())
                .isEqualTo("base64");
        assertThat(EncodedPart.shortest(Skeleton.of("<td align=center bgcolor=white>뉴스</td>\n".repeat(50)))
                        .encodingName())
                .isEqualTo("quoted-printable");
    }

    @Test
    void aCharacterIsNeverSplitByASoftLineBreak() {
        String body = written(new QuotedPrintablePart(Skeleton.of("a" + "👍가".repeat(50))), f -> null);
        for (String line : body.split("=\r\n")) {
            StrictMime.decodeQuotedPrintable(line);
        }
    }

    @Test
    void controlCharactersAreRefusedInFixedTextAndBlankInValues() {
        for (String bad : List.of("a\u0000", "a\u001b[0m", "a\u007f", "a\u0085", "a\u009f", "\ud83d!")) {
            assertThatThrownBy(() -> new Base64Part(Skeleton.of(bad)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("U+");
            Skeleton hole = new Skeleton(List.of(new Segment.Hole("v", Escaping.TEXT, "")));
            assertThat(StrictMime.decodeBase64(written(new Base64Part(hole), f -> bad)))
                    .doesNotContainPattern("[\\p{Cntrl}\\x{80}-\\x{9f}?]")
                    .contains(" ");
        }
    }

    @Test
    void theLengthOfALongBodyIsThatOfOneEncodedAtOnceButForShortLinesAtHoles() {
        String fixed = "가나다라마바사아자차카타파하 ".repeat(500);
        Skeleton skeleton = new Skeleton(
                List.of(new Segment.Fixed(fixed), new Segment.Hole("v", Escaping.TEXT, ""), new Segment.Fixed(fixed)));
        int spliced = written(new Base64Part(skeleton), f -> "홍길동").length();
        int whole = written(new Base64Part(Skeleton.of(skeleton.merge(f -> "홍길동"))), f -> null)
                .length();
        assertThat(spliced - whole).isBetween(0, 8);
    }

    private static String written(EncodedPart part, MergeValues values) {
        MessageBuffer out = new MessageBuffer(16);
        out.appendAscii("\r\n");
        part.write(values, out);
        assertThat(out.array()).startsWith('\r', '\n');
        return new String(out.array(), 2, out.length() - 2, StandardCharsets.US_ASCII);
    }

    private static String decodedByJakartaMail(String body, String encoding) throws Exception {
        InputStream octets = new ByteArrayInputStream(body.getBytes(StandardCharsets.US_ASCII));
        return StrictMime.utf8(MimeUtility.decode(octets, encoding).readAllBytes());
    }
}
