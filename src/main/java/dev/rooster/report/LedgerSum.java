package dev.rooster.report;

/**
 * Rows of one edition's ledger that are alike.
 *
 * @param reason null where the state needs none
 * @param uncertainSeen those of them that were uncertain at least once
 */
record LedgerSum(String provider, String state, String reason, String arrival, long rows, long uncertainSeen) {}
