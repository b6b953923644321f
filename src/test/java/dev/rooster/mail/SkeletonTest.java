package dev.rooster.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SkeletonTest {
    private static final Segment NAME = new Segment.Hole("subscriber.name", Escaping.HTML, "독자");

    @Test
    void fillsHolesEscapedAndFallsBack() {
        Skeleton skeleton = new Skeleton(List.of(new Segment.Fixed("<p>"), NAME, new Segment.Fixed("님</p>")));
        assertThat(skeleton.merge(Map.of("subscriber.name", "<b>&\"")::get)).isEqualTo("<p>&lt;b&gt;&amp;\"님</p>");
        assertThat(skeleton.merge(field -> null)).isEqualTo("<p>독자님</p>");
        assertThat(skeleton.merge(field -> "")).isEqualTo("<p>독자님</p>");
    }

    @Test
    void choosesByWhetherTheFieldIsPresent() {
        Skeleton skeleton = new Skeleton(
                List.of(new Segment.Choice("subscriber.name", new Skeleton(List.of(NAME)), Skeleton.of("여러분"))));
        assertThat(skeleton.merge(field -> "지우")).isEqualTo("지우");
        assertThat(skeleton.merge(field -> "")).isEqualTo("여러분");
        assertThat(skeleton.fields()).containsExactly("subscriber.name");
    }

    @Test
    void joinsNeighboursSoThatEqualTextsAreEqual() {
        assertThat(new Skeleton(List.of(new Segment.Fixed("a"), new Segment.Fixed(""), new Segment.Fixed("b"))))
                .isEqualTo(Skeleton.of("ab"));
        assertThat(Skeleton.of("")).isEqualTo(Skeleton.EMPTY);
    }

    @Test
    void escapesForThePlaceWhereAValueStands() {
        String value = "a&b<c>\"d'e 가/~";
        assertThat(Escaping.TEXT.escape(value)).isEqualTo(value);
        assertThat(Escaping.HTML.escape(value)).isEqualTo("a&amp;b&lt;c&gt;\"d'e 가/~");
        assertThat(Escaping.HTML_ATTRIBUTE.escape(value)).isEqualTo("a&amp;b&lt;c&gt;&quot;d&#39;e 가/~");
        assertThat(Escaping.URL_COMPONENT.escape(value)).isEqualTo("a%26b%3Cc%3E%22d%27e%20%EA%B0%80%2F~");
    }

    @Test
    void refusesAFieldNameThatIsNone() {
        assertThatThrownBy(() -> new Segment.Hole("a}b", Escaping.TEXT, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a}b");
    }
}
