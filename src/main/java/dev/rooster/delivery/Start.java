package dev.rooster.delivery;

/** A row whose envelope the relay took and whose body is to be written next: asks the durable step for leave. */
public record Start(ClaimedDelivery delivery, String relay) {}
