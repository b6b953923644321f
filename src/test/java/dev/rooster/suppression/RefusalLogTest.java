package dev.rooster.suppression;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefusalLogTest {
    private static final RefusalEntry ENTRY = new RefusalEntry(
            Instant.parse("2026-11-24T07:00:00.123Z"),
            -5,
            "0123456789abcdef0123456789abcdef",
            RefusalEntry.Kind.REFUSED);

    @Test
    void whatWasAppendedIsReadBackInOrder(@TempDir Path folder) {
        RefusalLog log = new RefusalLog(folder);
        RefusalEntry second = new RefusalEntry(ENTRY.at(), 0, "0123456789abcdef", RefusalEntry.Kind.ERASED);
        log.append(List.of(ENTRY));
        log.append(List.of(second));
        assertThat(read(log)).containsExactly(ENTRY, second);
    }

    @Test
    void lineCutOffByACrashIsSkippedAndCounted(@TempDir Path folder) throws Exception {
        RefusalLog log = new RefusalLog(folder);
        log.append(List.of(ENTRY));
        Files.writeString(log.file(), "2026-11-24T07:00:00Z 00000000000", StandardOpenOption.APPEND);
        List<RefusalEntry> entries = new ArrayList<>();
        assertThat(log.forEach(entries::add)).isEqualTo(1);
        assertThat(entries).containsExactly(ENTRY);
    }

    @Test
    void aLogThatWasNeverWrittenIsEmpty(@TempDir Path folder) {
        assertThat(read(new RefusalLog(folder))).isEmpty();
    }

    @Test
    void aDiskThatTakesNothingDoesNotStopTheRefusal(@TempDir Path folder) {
        new RefusalLog(folder.resolve("missing")).append(List.of(ENTRY));
        assertThat(folder.resolve("missing")).doesNotExist();
    }

    private static List<RefusalEntry> read(RefusalLog log) {
        List<RefusalEntry> entries = new ArrayList<>();
        log.forEach(entries::add);
        return entries;
    }
}
