package dev.rooster.delivery;

/**
 * Names one row of the ledger: an edition and the place of the recipient in its audience.
 *
 * @param seq 1 … number of recipients, without gaps
 */
public record DeliveryKey(EditionId edition, long seq) implements Comparable<DeliveryKey> {
    public static DeliveryKey of(long edition, long seq) {
        return new DeliveryKey(new EditionId(edition), seq);
    }

    @Override
    public int compareTo(DeliveryKey other) {
        int byEdition = Long.compare(edition.value(), other.edition.value());
        return byEdition != 0 ? byEdition : Long.compare(seq, other.seq);
    }

    @Override
    public String toString() {
        return edition.value() + "/" + seq;
    }
}
