package dev.rooster.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PostAlarmTest {
    @Test
    void anAlarmIsAShortObjectThatChatProgramsUnderstand() throws Exception {
        try (HttpEar ear = new HttpEar()) {
            PostAlarm road = new PostAlarm(ear.url("/hook?key=1"), Duration.ofSeconds(5));
            boolean taken = road.tell("AI 주간", "2호가 \"보류\"", "본문".repeat(2_000), Instant.parse("2026-12-01T22:05:00Z"));
            assertThat(taken).isTrue();
            String heard = ear.heard.get(0);
            assertThat(heard).startsWith("POST /hook?key=1 {");
            JsonNode json = JsonMapper.builder().build().readTree(heard.substring(heard.indexOf('{')));
            assertThat(json.get("subject").asString()).isEqualTo("2호가 \"보류\"");
            assertThat(json.get("text").asString())
                    .startsWith("Rooster · AI 주간: 2호가")
                    .hasSizeLessThan(1_700);
            assertThat(json.get("at").asString()).isEqualTo("2026-12-01T22:05:00Z");
        }
    }

    @Test
    void anAnswerThatIsNoYesIsANo() throws Exception {
        try (HttpEar ear = new HttpEar()) {
            PostAlarm road = new PostAlarm(ear.url("/"), Duration.ofSeconds(5));
            ear.status = 302;
            assertThat(road.tell("", "s", "b", Instant.EPOCH)).isFalse();
        }
        PostAlarm nobody = new PostAlarm(URI.create("http://127.0.0.1:9/"), Duration.ofSeconds(5));
        assertThat(nobody.tell("", "s", "b", Instant.EPOCH)).isFalse();
    }

    @Test
    void anAnswerWithoutEndIsAnAnswer() throws Exception {
        try (EndlessAnswer endless = new EndlessAnswer()) {
            PostAlarm alarm = new PostAlarm(endless.url(), Duration.ofSeconds(5));
            assertTimeoutPreemptively(
                    Duration.ofSeconds(10),
                    () -> assertThat(alarm.tell("AI", "s", "b", Instant.parse("2026-12-01T22:00:00Z")))
                            .isTrue());
        }
    }
}
