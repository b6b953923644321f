package dev.rooster.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rooster.fixtures.Databases;
import java.sql.SQLException;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.transaction.DelegatingTransactionHandler;
import org.jdbi.v3.core.transaction.TransactionHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The database commits a claim, and the connection breaks before it can say so. */
class LostClaimTest {
    private static final Instant NOW = Instant.parse("2026-12-01T22:00:00.123456789Z");

    private final AtomicBoolean answerLost = new AtomicBoolean();
    private JdbiWorld world;

    @AfterEach
    void close() {
        world.shutDown();
    }

    /** Commits, and then loses the answer if it is to. */
    private final class LosingAnswers extends DelegatingTransactionHandler {
        LosingAnswers(TransactionHandler delegate) {
            super(delegate);
        }

        @Override
        public <R, X extends Exception> R inTransaction(Handle handle, HandleCallback<R, X> callback) throws X {
            R result = super.inTransaction(handle, callback);
            if (answerLost.getAndSet(false)) {
                throw new ConnectionException(new SQLException("connection reset", "08006"));
            }
            return result;
        }
    }

    @ParameterizedTest
    @EnumSource
    void itsRowsComeBackThoughTheNodeLives(Databases.Kind kind) {
        world = new JdbiWorld(kind);
        world.database
                .jdbi()
                .setTransactionHandler(new LosingAnswers(world.database.jdbi().getTransactionHandler()));
        Ledger ledger = world.ledger("a");
        ledger.join(LedgerWorld.LEASE, UncertainPolicy.RESEND, NOW);
        SendingEdition edition = world.edition(6);
        Claim known = ledger.claim(edition.id(), ClaimScope.ALL, 0, 2, NOW);
        answerLost.set(true);
        assertThatThrownBy(() -> ledger.claim(edition.id(), ClaimScope.ALL, known.cursor(), 3, NOW.plusMillis(5)))
                .isInstanceOf(ConnectionException.class);
        assertThat(world.row(edition.id(), 4).state()).isEqualTo(DeliveryState.CLAIMED);

        ledger.recover(false, UncertainPolicy.RESEND, NOW.plusMillis(9));

        assertThat(world.row(edition.id(), 4).state()).isEqualTo(DeliveryState.QUEUED);
        assertThat(world.row(edition.id(), 1).state())
                .as("what the node knows of")
                .isEqualTo(DeliveryState.CLAIMED);
        Claim again = ledger.claim(edition.id(), ClaimScope.ALL, known.cursor(), 9, NOW.plusMillis(10));
        assertThat(again.rows()).extracting(row -> row.key().seq()).containsExactlyInAnyOrder(3L, 4L, 5L, 6L);
    }
}
