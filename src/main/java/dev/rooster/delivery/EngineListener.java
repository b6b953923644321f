package dev.rooster.delivery;

/** Hears what operators should know while the engine runs. Called on the engine's threads; must not block. */
public interface EngineListener {
    /** A relay can't be used for now; nobody is lost, it is tried again by itself. */
    default void relayTrouble(String relay, String why) {}

    /** The ledger can't be written; nothing is sent until it can. */
    default void ledgerTrouble(String why) {}
}
