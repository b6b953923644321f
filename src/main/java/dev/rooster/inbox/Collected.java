package dev.rooster.inbox;

/**
 * What one collection of a mailbox did.
 *
 * @param done mails whose meaning is recorded; they are gone from the mailbox
 * @param forPeople mails put where people look
 * @param failed mails that could not be taken this time; they are still there
 * @param waiting mails left for the next collection because of the limit
 */
public record Collected(int done, int forPeople, int failed, int waiting) {}
