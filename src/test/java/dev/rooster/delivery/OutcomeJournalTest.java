package dev.rooster.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutcomeJournalTest {
    private static final Instant AT = Instant.parse("2026-12-01T22:00:00.123456Z");
    private static final JournalEntry BEGUN = new JournalEntry.Begun(DeliveryKey.of(3, 7), 2, "기본");
    private static final JournalEntry ACCEPTED =
            new JournalEntry.Accepted(DeliveryKey.of(3, 7), 2, "기본", 250, "250 2.0.0 Ok: queued as 4F2 — 접수", AT);
    private static final JournalEntry SETTLED = new JournalEntry.Settled(DeliveryKey.of(3, 8), 0);

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("outcomes.journal");
    }

    private OutcomeJournal create() throws IOException {
        return OutcomeJournal.create(file(), "installation", "node", true);
    }

    @Test
    void whatIsAppendedIsReadInOrderWithItsNumbers() throws IOException {
        try (OutcomeJournal journal = create()) {
            journal.append(List.of(BEGUN));
            journal.append(List.of(ACCEPTED, SETTLED));
            assertThat(journal.last()).isEqualTo(3);
            assertThat(journal.length()).isEqualTo(Files.size(file()));
        }
        assertThat(OutcomeJournal.read(file()))
                .contains(new OutcomeJournal.Contents("installation", "node", 0, List.of(BEGUN, ACCEPTED, SETTLED)));
    }

    @Test
    void whereverTheFileIsCutWhatWasAnsweredForBeforeIsThere() throws IOException {
        List<Long> ends = new ArrayList<>();
        List<JournalEntry> all = List.of(BEGUN, ACCEPTED, SETTLED, BEGUN);
        try (OutcomeJournal journal = create()) {
            ends.add(journal.length());
            for (JournalEntry entry : all) {
                journal.append(List.of(entry));
                ends.add(journal.length());
            }
        }
        byte[] whole = Files.readAllBytes(file());
        for (int length = 0; length <= whole.length; length++) {
            Files.write(file(), Arrays.copyOf(whole, length));
            long cut = length;
            int kept = (int) ends.stream().filter(end -> end <= cut).count() - 1;
            if (kept < 0) {
                assertThat(OutcomeJournal.read(file())).as("cut at %d", length).isEmpty();
            } else {
                assertThat(OutcomeJournal.read(file()).orElseThrow().entries())
                        .as("cut at %d", length)
                        .isEqualTo(all.subList(0, kept));
            }
        }
    }

    @Test
    void aFlippedBitEndsTheJournalThereAndInventsNothing() throws IOException {
        long second;
        try (OutcomeJournal journal = create()) {
            journal.append(List.of(BEGUN));
            second = journal.length();
            journal.append(List.of(ACCEPTED));
        }
        byte[] whole = Files.readAllBytes(file());
        for (int at = (int) second; at < whole.length; at++) {
            byte[] broken = whole.clone();
            broken[at] ^= 0x10;
            Files.write(file(), broken);
            assertThat(OutcomeJournal.read(file()).orElseThrow().entries())
                    .as("byte %d", at)
                    .containsExactly(BEGUN);
        }
    }

    @Test
    void aNewBeginningKeepsWhatIsNeededAndCountsOn() throws IOException {
        try (OutcomeJournal journal = create()) {
            journal.append(List.of(BEGUN, ACCEPTED, SETTLED));
            long before = journal.length();
            journal.replace(List.of(BEGUN));
            assertThat(journal.length()).isLessThan(before);
            journal.append(List.of(SETTLED));
            assertThat(journal.last()).isEqualTo(5);
        }
        assertThat(OutcomeJournal.read(file()))
                .contains(new OutcomeJournal.Contents("installation", "node", 3, List.of(BEGUN, SETTLED)));
        assertThat(Files.list(folder)).containsExactly(file());
    }

    @Test
    void tryingForRoomChangesNothing() throws IOException {
        try (OutcomeJournal journal = create()) {
            journal.append(List.of(BEGUN));
            byte[] before = Files.readAllBytes(file());
            journal.probe();
            assertThat(file()).hasBinaryContent(before);
            journal.append(List.of(ACCEPTED));
        }
        assertThat(OutcomeJournal.read(file()).orElseThrow().entries()).containsExactly(BEGUN, ACCEPTED);
    }

    @Test
    void onlyItsOwnerReadsIt() throws IOException {
        try (OutcomeJournal journal = create()) {
            journal.replace(List.of(ACCEPTED));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void aBeginningThatFailsLeavesNoHalfOfOne() throws IOException {
        Files.createDirectories(file().resolve("in the way"));
        assertThatThrownBy(this::create).isInstanceOf(IOException.class);
        assertThat(Files.list(folder)).containsExactly(file());
    }

    @Test
    void whatIsNoJournalIsNotReadAsOne() throws IOException {
        assertThat(OutcomeJournal.read(file())).isEmpty();
        Files.writeString(file(), "");
        assertThat(OutcomeJournal.read(file())).isEmpty();
        java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
        crc.update(new byte[] {1, 2, 3, 4});
        java.nio.ByteBuffer other = java.nio.ByteBuffer.allocate(12)
                .putInt(4)
                .putInt((int) crc.getValue())
                .put(new byte[] {1, 2, 3, 4});
        Files.write(file(), other.array());
        assertThatThrownBy(() -> OutcomeJournal.read(file()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not a journal of Rooster");
    }
}
