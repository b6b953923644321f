/**
 * The few calls over HTTP that Rooster makes by itself: links asked before a proof, the heartbeat, alarms.
 *
 * <p>Start at {@link dev.rooster.outbound.ProbeLinks}, {@link dev.rooster.outbound.PingHeartbeat},
 * {@link dev.rooster.outbound.PostAlarm}.
 *
 * <p>Rationale. Links are written by others and may lead anywhere, so they are asked over a socket of our own, opened to exactly
 * the address that was looked at: a library that resolves the name once more could be led into a private network. The other
 * calls go to addresses from the settings, with the JDK's client.
 */
package dev.rooster.outbound;
