/**
 * Sending one issue to its audience exactly once: editions, the ledger of deliveries, and the dispatcher.
 *
 * <p>Entry points: {@link dev.rooster.delivery.Editions} starts, pauses, resumes and cancels; {@link
 * dev.rooster.delivery.DeliveryEngine} sends whatever the database says is to be sent.
 *
 * <p>The rationale, in one paragraph. A delivery's row is the truth, and every legal move of it stands in {@link
 * dev.rooster.delivery.DeliveryState}. What to do next is decided by a step without I/O, {@link
 * dev.rooster.delivery.Dispatcher}: events in, actions out, time and chance as arguments, so that a run under scripted
 * faults replays from its seed. Threads only carry actions out. The thread that runs the step is also the one that
 * commits: while it commits, the answers of the other connections gather, and the next commit takes them together. That
 * is the group commit; no message body is written before the commit that marks its row as being sent, and no next one
 * before the commit that records how the last one ended.
 */
package dev.rooster.delivery;
