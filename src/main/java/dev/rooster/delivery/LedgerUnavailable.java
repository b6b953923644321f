package dev.rooster.delivery;

/**
 * The ledger can't be read or written: the database is gone, full or locked. What the failed call may have done is not known;
 * nothing is sent until a call succeeds again.
 */
public final class LedgerUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LedgerUnavailable(Exception cause) {
        super(cause.getMessage(), cause);
    }
}
