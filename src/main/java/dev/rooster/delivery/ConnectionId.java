package dev.rooster.delivery;

/** One place for a connection to a relay, 1 … its limit; the connection in it comes and goes. */
record ConnectionId(String relay, int number) {
    @Override
    public String toString() {
        return relay + "-" + number;
    }
}
