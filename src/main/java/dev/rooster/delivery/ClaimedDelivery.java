package dev.rooster.delivery;

/**
 * A row of the ledger that this node holds.
 *
 * @param version the edition's version this recipient gets
 * @param provider the mailbox provider's word, see {@code MailboxProvider}
 * @param attempts tries that ended in a refusal, a loss or an unknown end; 0 for a first try
 * @param uncertainCount how often a copy of it was lost after the final dot; the next loss after 1 is final
 */
public record ClaimedDelivery(
        DeliveryKey key, int version, String provider, int attempts, int uncertainCount, Recipient recipient) {

    /** True on its first try: what the pace of an edition spreads. */
    public boolean fresh() {
        return attempts == 0;
    }
}
