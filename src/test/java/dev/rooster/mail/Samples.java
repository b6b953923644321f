package dev.rooster.mail;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;

/** An issue like a real one, in small. */
final class Samples {
    static final String TOKEN = "cebagbafaydqqcikbmga2dqpcaireeyuculbogazdinryhi6d4qcerdgm5uqcbagbafa";
    static final MergeValues JIU =
            Map.of("subscriber.name", "한지우", "link.unsubscribe", "https://news.example.com/u/" + TOKEN)::get;

    private Samples() {}

    static MessageHeaders headers(String subject) {
        return new MessageHeaders(
                EmailAddress.of("weekly@news.example.com"),
                "주간 인공지능",
                EmailAddress.of("editor@example.com"),
                subject,
                OffsetDateTime.parse("2026-12-02T07:00:00+09:00"),
                "주간 인공지능 소식",
                "ai-weekly.lists.example.com",
                "i48:ai-weekly:issue:rooster1");
    }

    static CopyIdentity copy() {
        return copy("kim@naver.com", "김민수");
    }

    static CopyIdentity copy(String address, String name) {
        return new CopyIdentity(
                EmailAddress.of(address),
                name,
                "cfbagbafaydqqcikbmga2dqpcaireeyuculbogazdinryhi6d4qcerdgm5u@news.example.com",
                "https://news.example.com/u/" + TOKEN,
                "mailto:u+" + TOKEN.substring(0, 55) + "@bounce.example.com?subject=unsubscribe");
    }

    static Skeleton text() {
        return new Skeleton(List.of(
                new Segment.Choice(
                        "subscriber.name",
                        new Skeleton(List.of(
                                new Segment.Hole("subscriber.name", Escaping.TEXT, ""),
                                new Segment.Fixed("님, 안녕하세요."))),
                        Skeleton.of("안녕하세요.")),
                new Segment.Fixed("\n\n" + "이번 주에는 새 모델이 나왔습니다.\n.점으로 시작하는 줄\n".repeat(60) + "\n수신거부 / Unsubscribe: "),
                new Segment.Hole("link.unsubscribe", Escaping.TEXT, ""),
                new Segment.Fixed("\n")));
    }

    static Skeleton html() {
        return new Skeleton(List.of(
                new Segment.Fixed("<!doctype html>\n<html lang=\"ko\"><body style=\"margin:0;padding:0\"><p>"),
                new Segment.Hole("subscriber.name", Escaping.HTML, "독자"),
                new Segment.Fixed("님, 안녕하세요.</p>\n"
                        + "<table role=\"presentation\" width=\"100%\"><tr><td style=\"padding:24px;font-size:17px\">뉴스</td></tr></table>\n"
                                .repeat(80)
                        + "<p>" + "x".repeat(2000) + "</p><a href=\""),
                new Segment.Hole("link.unsubscribe", Escaping.HTML_ATTRIBUTE, ""),
                new Segment.Fixed("\">수신거부 / Unsubscribe</a></body></html>\n")));
    }
}
