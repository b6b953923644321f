package dev.rooster.inbox;

/**
 * How much mail for people is kept before no more is taken from those whom nobody knows (RFC 3463 section 3.4: mail system full).
 * What lies in a mailbox without folders is always brought, since its own server has limited it.
 *
 * @param mails 10–1,000,000, 5,000 by default
 * @param bytes 1 MiB – 2 GiB, 512 MiB by default
 */
public record PeopleLimits(int mails, int bytes) {
    public static final int MAILS_MAX = 1_000_000;
    public static final int BYTES_MIN = 1 << 20;

    public PeopleLimits {
        if (mails < 10 || mails > MAILS_MAX || bytes < BYTES_MIN) {
            throw new IllegalArgumentException("mails is " + mails + ", bytes is " + bytes + "; expected 10–"
                    + MAILS_MAX + " and at least " + BYTES_MIN);
        }
    }

    public static PeopleLimits defaults() {
        return new PeopleLimits(5_000, 512 << 20);
    }
}
