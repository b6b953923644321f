/**
 * Waking up: when something may be due, and which slots start.
 *
 * <p>Entry points: {@link dev.rooster.schedule.Schedule} wakes plain {@code runDue(now)} methods, registered by name as
 * {@link dev.rooster.schedule.Wake}s; {@link dev.rooster.schedule.SlotRunner} decides which slot starts, is held, or stays
 * empty; {@link dev.rooster.schedule.SlotWatch} raises the alarm when a slot should have started and has not.
 *
 * <p>Rationale: Quartz, with its clustered job store, only wakes us. It never holds the truth about a slot or a mail: the
 * slot table's key decides who starts a slot, so no restart, second node or clock jump starts one twice, and tests call the
 * same {@code runDue} with a clock of their own. Nothing but {@link dev.rooster.schedule.Schedule} knows Quartz.
 */
package dev.rooster.schedule;
