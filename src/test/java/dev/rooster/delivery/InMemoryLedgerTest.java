package dev.rooster.delivery;

class InMemoryLedgerTest extends LedgerContract {
    @Override
    LedgerWorld open() {
        return new InMemoryWorld(dev.rooster.fixtures.SettableClock.at("2026-12-01T22:00:00Z"));
    }
}
