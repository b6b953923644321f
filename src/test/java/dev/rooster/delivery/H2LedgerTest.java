package dev.rooster.delivery;

import dev.rooster.fixtures.Databases;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class H2LedgerTest extends LedgerContract {
    private static JdbiWorld world;

    @BeforeAll
    static void openDatabase() {
        world = new JdbiWorld(Databases.Kind.H2, false);
    }

    @AfterAll
    static void closeDatabase() {
        world.shutDown();
    }

    @Override
    LedgerWorld open() {
        return world.cleared();
    }
}
