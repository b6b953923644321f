package dev.rooster.delivery;

import dev.rooster.mail.relay.Relay;

/**
 * A relay that carries a newsletter.
 *
 * @param connections how many it may have, 1 to 200
 * @param weight its share of the messages, 1 to 100
 * @param failover 0: it is used; 1 and more: only while all relays of a lower order take nothing
 */
public record RelayPool(Relay relay, int connections, int weight, int failover) {
    /** The only relay of a newsletter. */
    public RelayPool(Relay relay, int connections) {
        this(relay, connections, 1, 0);
    }

    RelayShare share() {
        return new RelayShare(relay.name(), weight, failover);
    }

    public RelayPool {
        if (weight < 1 || weight > 100 || failover < 0) {
            throw new IllegalArgumentException("a weight is 1 to 100 and an order 0 or more");
        }
        if (connections < 1 || connections > 200) {
            throw new IllegalArgumentException("a relay has 1 to 200 connections, found " + connections);
        }
    }
}
