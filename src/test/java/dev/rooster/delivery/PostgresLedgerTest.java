package dev.rooster.delivery;

class PostgresLedgerTest extends LedgerContract {
    @Override
    LedgerWorld open() {
        return new JdbiWorld(dev.rooster.fixtures.Databases.Kind.POSTGRESQL);
    }
}
