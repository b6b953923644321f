package dev.rooster.subscriber.csv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rooster.fixtures.Databases;
import dev.rooster.token.AddressHash;
import dev.rooster.token.KeyRing;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImportWindowTest {
    private final AddressHash hashes = KeyRing.create(
                    Databases.temporaryFolder().resolve("keys"), new SecureRandom())
            .addressHash();
    private final ReadRow reader;

    ImportWindowTest() throws FileRefused {
        Columns columns = Columns.of(new CsvRow.Fields(1, List.of("email", "name", "city")));
        reader = new ReadRow(columns, hashes, Wanted.ACTIVE, ZoneOffset.UTC, Instant.parse("2026-12-02T00:00:00Z"));
    }

    private ImportRow.Person person(long line, String... fields) {
        return (ImportRow.Person) reader.read(new CsvRow.Fields(line, List.of(fields)));
    }

    @Test
    void rowsComeBackWholeInTheOrderOfTheirPublicIds() {
        ImportWindow window = new ImportWindow();
        List<ImportRow.Person> people = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            people.add(person(2 + i, "reader" + i + "@naver.com", "구독자\n\"" + i + "\"", i % 3 == 0 ? "" : "부산"));
            window.add(people.get(i));
        }

        int[] order = window.inOrder();

        assertThat(order).hasSize(3_000).doesNotHaveDuplicates();
        long before = Long.MIN_VALUE;
        for (int position : order) {
            ImportRow.Person again = window.get(position, reader);
            assertThat(again).isEqualTo(people.get(position));
            assertThat(again.publicId()).isGreaterThan(before);
            before = again.publicId();
        }
    }

    @Test
    void aWindowIsFullByBytesToo() {
        ImportWindow window = new ImportWindow();
        String city = "가".repeat(6_000);
        int rows = 0;
        while (!window.isFull()) {
            window.add(person(2 + rows, "reader" + rows + "@naver.com", "", city));
            rows++;
        }
        assertThat(rows).isBetween(ImportWindow.BYTES_MAX / 19_000, ImportWindow.BYTES_MAX / 18_000 + 1);
        window.clear();
        assertThat(window.isFull()).isFalse();
        assertThat(window.isEmpty()).isTrue();
        assertThat(window.inOrder()).isEmpty();
    }
}
