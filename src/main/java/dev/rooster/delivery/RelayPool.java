package dev.rooster.delivery;

import dev.rooster.mail.relay.Relay;

/** A relay and how many connections it may have, 1 to 200. */
public record RelayPool(Relay relay, int connections) {
    public RelayPool {
        if (connections < 1 || connections > 200) {
            throw new IllegalArgumentException("a relay has 1 to 200 connections, found " + connections);
        }
    }
}
