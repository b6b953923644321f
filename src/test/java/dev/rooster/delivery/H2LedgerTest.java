package dev.rooster.delivery;

class H2LedgerTest extends LedgerContract {
    @Override
    LedgerWorld open() {
        return new JdbiWorld(dev.rooster.fixtures.Databases.Kind.H2);
    }
}
