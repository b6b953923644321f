/**
 * Servers to try the product against without touching the outside world, all on loopback: the demo, the drill, the
 * benchmark, and {@link dev.rooster.sandbox.ScriptedSmtpPeer}, which the tests use too.
 *
 * <p>The peer is part of the product, not of its tests: whoever doubts how their settings bear a relay that hangs up in
 * the middle of a message can see it happen.
 */
package dev.rooster.sandbox;
