package dev.rooster.subscriber.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeclaredDateTest {
    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

    @ParameterizedTest
    @CsvSource({
        "2024-02-01, 2024-01-31T15:00:00Z",
        "2024.2.1, 2024-01-31T15:00:00Z",
        "2024. 2. 1., 2024-01-31T15:00:00Z",
        "2024/02/01, 2024-01-31T15:00:00Z",
        "2024년 2월 1일, 2024-01-31T15:00:00Z",
        "2024-02-01 9:00, 2024-02-01T00:00:00Z",
        "2024-02-01 09:00:30, 2024-02-01T00:00:30Z",
        "2024. 2. 1. 오전 12:10, 2024-01-31T15:10:00Z",
        "2024. 2. 1. 오후 3:05, 2024-02-01T06:05:00Z",
        "2024-02-01 3:05 PM, 2024-02-01T06:05:00Z",
        "2024-02-01T09:00:00Z, 2024-02-01T09:00:00Z",
        "2024-02-01T09:00:00.123456+09:00, 2024-02-01T00:00:00.123456Z",
        "2024-02-01 09:00:00+00, 2024-02-01T09:00:00Z",
        "2024-02-01 09:00:00 UTC, 2024-02-01T09:00:00Z",
    })
    void isReadAsSpreadsheetsAndServicesWriteIt(String text, Instant instant) {
        assertThat(DeclaredDate.parse(text, SEOUL)).contains(instant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "02/03/2026",
                "1/2/24",
                "2024-13-01",
                "2023-02-29",
                "2024-02-01 25:00",
                "2024-02-01 오후 13:00",
                "45321",
                "2024-02-01 09:00 KST"
            })
    void isRefusedWhenItCouldMeanSomethingElse(String text) {
        assertThat(DeclaredDate.parse(text, SEOUL)).isEmpty();
    }
}
