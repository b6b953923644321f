package dev.rooster.delivery;

/**
 * One of the relays that carry an edition.
 *
 * @param weight its share of the messages among the relays of the same order that take mail at the moment, 1 to 100
 * @param failover 0: it is used; 1 and more: only while all relays of a lower order take nothing
 */
record RelayShare(String relay, int weight, int failover) {}
