package dev.rooster.mail;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Texts and skeletons that are hard on encoders. */
final class MailTexts {
    private static final List<String> PIECES = List.of(
            "가",
            "힣",
            "안녕하세요",
            "\u1112\u1161\u11ab",
            "👩‍👩‍👧‍👦",
            "👍🏽",
            "🇰🇷",
            "é",
            "e\u0301",
            "a",
            "Z",
            "0",
            "=",
            "==",
            "=?UTF-8?B?7JWI?=",
            "=3D",
            "_",
            "?",
            ".",
            "..",
            " ",
            "  ",
            "\"",
            "\\",
            "<b>",
            "&",
            "From ",
            "--=_",
            "(광고)",
            "x".repeat(80),
            "https://example.com/" + "long/".repeat(40),
            "word ",
            "\u00a0",
            "\u200b",
            "\ufeff");
    private static final List<String> BODY_ONLY = List.of("\n", "\n", "\t", "\n.", "\n..\n", " \n", "\t\n", "\nFrom ");

    private MailTexts() {}

    /** One line. */
    static Arbitrary<String> lines() {
        return Arbitraries.of(PIECES).list().ofMaxSize(60).map(pieces -> String.join("", pieces));
    }

    /** Many lines, ended by LF; long enough now and then for every way of encoding. */
    static Arbitrary<String> bodies() {
        Arbitrary<String> piece = Arbitraries.oneOf(Arbitraries.of(PIECES), Arbitraries.of(BODY_ONLY));
        return piece.list().ofMaxSize(120).map(pieces -> String.join("", pieces));
    }

    static Arbitrary<Skeleton> skeletons() {
        return Arbitraries.lazyOf(
                () -> segments(bodies().map(Skeleton::of)), () -> segments(segments(bodies().map(Skeleton::of))));
    }

    private static Arbitrary<Skeleton> segments(Arbitrary<Skeleton> inner) {
        Arbitrary<Segment> fixed = bodies().map(Segment.Fixed::new);
        Arbitrary<String> fields = Arbitraries.of("subscriber.name", "subscriber.회사", "link.unsubscribe", "none");
        Arbitrary<Segment> hole = Combinators.combine(fields, Arbitraries.of(Escaping.class), lines())
                .as(Segment.Hole::new);
        Arbitrary<Segment> choice = Combinators.combine(fields, inner, inner).as(Segment.Choice::new);
        return Arbitraries.oneOf(List.of(fixed, hole, fixed, choice))
                .list()
                .ofMaxSize(12)
                .map(Skeleton::new);
    }

    /** Values for the fields of {@link #skeletons()}. */
    static Arbitrary<MergeValues> values() {
        return Combinators.combine(bodies(), lines(), lines()).as((name, company, link) -> field -> switch (field) {
            case "subscriber.name" -> name;
            case "subscriber.회사" -> company;
            case "link.unsubscribe" -> link;
            default -> null;
        });
    }
}
