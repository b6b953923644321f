package dev.rooster.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rooster.fixtures.Databases;
import dev.rooster.fixtures.SettableClock;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JdbiMoveTest {
    private static final Instant AT = Instant.parse("2026-12-02T07:00:00.123456Z");
    private static final JdbiBulkInsert PEOPLE = new JdbiBulkInsert(
            "subscriber",
            "public_id",
            "address",
            "address_key",
            "address_hash",
            "domain",
            "name",
            "created_at",
            "updated_at");
    private static final byte[] PICTURE = {0, 1, (byte) 0xff, '\\', '\n', '\t'};
    private static final String NAME = "탭\t줄\n역\\슬래시 \\N 🐔 \"'";

    @ParameterizedTest
    @CsvSource({"H2, POSTGRESQL", "POSTGRESQL, H2", "H2, H2"})
    void everyRowArrivesAsItWasAndBothAreHeld(Databases.Kind of, Databases.Kind into) throws Exception {
        try (Database from = Databases.open(of);
                Database to = Databases.open(into)) {
            Installation installation = installation(from);
            installation.check();
            fill(from);
            JdbiMove move = new JdbiMove(from, to);
            assertThat(move.targetIsEmpty()).isTrue();

            Map<String, Long> moved = move.run(rows -> {});

            assertThat(moved).containsEntry("subscriber", 5_432L).containsEntry("media", 1L);
            assertThat(moved.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(move.rows());
            for (String query : List.of(
                    "select count(*), min(id), max(id), sum(id), min(address_key), max(created_at) from subscriber",
                    "select name, language, attributes, domain from subscriber where id = 1",
                    "select installation_id, epoch from installation")) {
                assertThat(rows(to, query)).as(query).isEqualTo(rows(from, query));
            }
            byte[] picture = to.jdbi()
                    .withHandle(handle -> handle.createQuery("select bytes from media")
                            .map((row, context) -> row.getBytes(1))
                            .one());
            assertThat(picture).isEqualTo(PICTURE);
            assertThat(installation(from).check()).contains(Installation.Hold.MOVED_AWAY);
            assertThat(new JdbiMove(from, to).targetIsEmpty()).isFalse();
            long next = to.jdbi().<Long, SQLException>inTransaction(handle -> {
                OffsetDateTime at = AT.atOffset(ZoneOffset.UTC);
                Object[] late = {99_999L, "late", "late", "late", "example.org", null, at, at};
                return PEOPLE.addWithIds(handle, to.dialect(), List.<Object[]>of(late))[0];
            });
            assertThat(next).isGreaterThan(5_432);
            Optional<String> held = to.jdbi().withHandle(handle -> new JdbiInstallation().heldReason(handle));
            assertThat(held).contains("MOVED");
        }
    }

    @ParameterizedTest
    @CsvSource({"H2, POSTGRESQL", "POSTGRESQL, H2"})
    void whenItFailsHalfwayTheTargetIsAsItWas(Databases.Kind of, Databases.Kind into) throws Exception {
        try (Database from = Databases.open(of);
                Database to = Databases.open(into)) {
            installation(from).check();
            fill(from);
            to.jdbi().useHandle(handle -> handle.execute("alter table suppression drop column source"));
            JdbiMove move = new JdbiMove(from, to);

            assertThatThrownBy(() -> move.run(rows -> {})).hasMessageContaining("suppression");

            assertThat(move.targetIsEmpty()).isTrue();
            assertThat(installation(from).check()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"H2, POSTGRESQL", "POSTGRESQL, H2"})
    void idsGoOnBeforeAnythingIsCommittedAndAMoveThatFailedCanBeGivenAgain(Databases.Kind of, Databases.Kind into)
            throws Exception {
        try (Database from = Databases.open(of);
                Database to = Databases.open(into)) {
            installation(from).check();
            fill(from);
            JdbiMove move = new JdbiMove(from, to);
            long[] given = new long[1];

            assertThatThrownBy(() -> move.run(rows -> {
                        given[0] = nextSubscriber(to);
                        throw new IllegalStateException("killed");
                    }))
                    .hasMessageContaining("killed");

            assertThat(given[0]).as("an id given while rows are carried").isGreaterThan(5_432);
            assertThat(move.targetIsEmpty()).isTrue();
            assertThat(move.run(rows -> {})).containsEntry("subscriber", 5_432L);
            assertThat(nextSubscriber(to)).isGreaterThan(5_432);
        }
    }

    /** The id that the next subscriber would get. */
    private static long nextSubscriber(Database database) {
        return database.jdbi().withHandle(handle -> {
            handle.begin();
            OffsetDateTime at = AT.atOffset(ZoneOffset.UTC);
            Object[] late = {99_999L, "late", "late", "late", "example.org", null, at, at};
            try {
                return PEOPLE.addWithIds(handle, database.dialect(), List.<Object[]>of(late))[0];
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            } finally {
                handle.rollback();
            }
        });
    }

    private static Installation installation(Database database) {
        return new Installation(database, new SecureRandom(), new SettableClock(AT));
    }

    private static void fill(Database database) throws SQLException {
        database.jdbi().<SQLException>useTransaction(handle -> {
            List<Object[]> people = new ArrayList<>();
            for (long i = 1; i <= 5_432; i++) {
                String address = "a" + i + "@example.org";
                OffsetDateTime at = AT.atOffset(ZoneOffset.UTC);
                people.add(
                        new Object[] {i, address, address, address, "example.org", i % 2 == 0 ? null : NAME, at, at});
            }
            PEOPLE.addWithIds(handle, database.dialect(), people);
            handle.createUpdate("insert into media (hash, content_type, bytes, size_bytes, width, height, "
                            + "created_at) values ('h', 'image/png', :bytes, 6, 1, 1, :at)")
                    .bind("bytes", PICTURE)
                    .bind("at", AT)
                    .execute();
        });
    }

    private static List<Map<String, Object>> rows(Database database, String query) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(query)
                        .map((row, context) -> {
                            Map<String, Object> values = new TreeMap<>();
                            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                                Object value = row.getObject(i);
                                values.put(
                                        "c" + i,
                                        value instanceof OffsetDateTime at
                                                ? at.toInstant()
                                                : value instanceof Timestamp stamp
                                                        ? stamp.toInstant()
                                                        : String.valueOf(value));
                            }
                            return values;
                        })
                        .list());
    }
}
