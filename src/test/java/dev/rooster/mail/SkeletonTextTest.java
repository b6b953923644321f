package dev.rooster.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SkeletonTextTest {

    @Provide
    Arbitrary<Skeleton> skeletons() {
        return MailTexts.skeletons();
    }

    @Property(tries = 500)
    void readsBackWhatItWrote(@ForAll("skeletons") Skeleton skeleton) {
        assertThat(SkeletonText.parse(SkeletonText.format(skeleton))).isEqualTo(skeleton);
    }

    @Test
    void readsBackTextThatLooksLikeItsOwnMarks() {
        String nasty = "$ ${ ${$} ${$}{ $${ ${?a}b${:}c${/} ${x|HTML|y} \\ | } ${";
        assertThat(SkeletonText.parse(SkeletonText.format(Skeleton.of(nasty)))).isEqualTo(Skeleton.of(nasty));
        Skeleton hole = new Skeleton(List.of(new Segment.Hole("a.b", Escaping.HTML_ATTRIBUTE, nasty)));
        assertThat(SkeletonText.parse(SkeletonText.format(hole))).isEqualTo(hole);
        Skeleton edge = new Skeleton(List.of(
                new Segment.Fixed("price: $"),
                new Segment.Hole("a", Escaping.TEXT, ""),
                new Segment.Fixed("{literal}")));
        assertThat(SkeletonText.parse(SkeletonText.format(edge))).isEqualTo(edge);
    }

    @Test
    void isReadable() {
        Skeleton skeleton = new Skeleton(
                List.of(new Segment.Hole("subscriber.name", Escaping.HTML, "독자"), new Segment.Fixed("님, 안녕하세요")));
        assertThat(SkeletonText.format(skeleton)).isEqualTo("rooster-skeleton 1\n${subscriber.name|HTML|독자}님, 안녕하세요");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "rooster-skeleton 2\nx",
                "rooster-skeleton 1\n${",
                "rooster-skeleton 1\n${a|HTML}",
                "rooster-skeleton 1\n${a|WRONG|}",
                "rooster-skeleton 1\n${a|HTML|x",
                "rooster-skeleton 1\n${?a}x",
                "rooster-skeleton 1\n${?a}x${/}",
                "rooster-skeleton 1\nx${:}y",
                "rooster-skeleton 1\n${a b|HTML|}"
            })
    void refusesWhatIsDamaged(String text) {
        assertThatThrownBy(() -> SkeletonText.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
