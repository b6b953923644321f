package dev.rooster.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One Korean word for each thing of ours, wherever people read Korean. Words that files of others may hold are no texts of ours. */
class KoreanWordsTest {
    /** What must not be said, and what is said instead. */
    private static final Map<String, String> INSTEAD = new LinkedHashMap<>();

    static {
        INSTEAD.put("이슈", "호 (issue); its file: 원고 파일");
        INSTEAD.put("회차|슬롯", "발송일 (slot)");
        INSTEAD.put("(?<!받은)편지함|우편함|메일박스", "메일함 (mailbox); 받은편지함 is the screen of a mail program");
        INSTEAD.put("수신 거부|구독 ?(해지|취소)|(?<=[^전])해지(?=[하되할])", "수신거부 (unsubscribing)");
        INSTEAD.put("거절", "거부 (a refusal), 수신거부 for that of a reader");
        INSTEAD.put("발송 대행|중계 서버", "릴레이 (relay)");
        INSTEAD.put("제공자|프로바이더", "업체 (who runs a relay), 메일 서비스 (who runs mailboxes)");
        INSTEAD.put("알람|통지", "경보 (alarm), 알림 (notice)");
        INSTEAD.put("일시 ?정지|일시 ?중지", "멈춤 (paused)");
        INSTEAD.put("테스트 (발송|메일)", "시험 발송, 시험 메일 (test send)");
        INSTEAD.put("배달되었|전달 완료|도착 완료", "접수 (accepted): nobody knows of an arrival then");
        INSTEAD.put("십시오", "하세요");
    }

    @Test
    void eachThingHasOneWord() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Path file : texts()) {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                for (Map.Entry<String, String> rule : INSTEAD.entrySet()) {
                    if (Pattern.compile(rule.getKey()).matcher(lines.get(i)).find()) {
                        wrong.add(file + ":" + (i + 1) + ": not " + rule.getKey() + " but " + rule.getValue());
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void theTextsAreLookedAt() throws IOException {
        assertThat(texts())
                .hasSizeGreaterThan(40)
                .contains(
                        Path.of("docs/ko/README.md"),
                        Path.of("config/rooster.yaml"),
                        Path.of("templates/texts_ko.properties"),
                        Path.of("src/main/resources/dev/rooster/cli/help_ko.properties"));
    }

    private static List<Path> texts() throws IOException {
        List<Path> texts = new ArrayList<>(List.of(Path.of("config/rooster.yaml")));
        for (String root : List.of("src/main/resources", "templates", "docs/ko")) {
            try (Stream<Path> files = Files.walk(Path.of(root))) {
                files.filter(Files::isRegularFile)
                        .filter(KoreanWordsTest::isOurs)
                        .forEach(texts::add);
            }
        }
        return texts;
    }

    private static boolean isOurs(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith("_ko.properties") || name.endsWith(".mustache") || name.endsWith(".md");
    }
}
