package dev.rooster.subscriber.csv;

/** What a row does to the database. */
enum ImportChange {
    /** A new person, or a new subscription of a known one. */
    ADD,
    /** A new person who said no: kept so that nobody mails them later. */
    ADD_REFUSED,
    /** A known one who has said no since. */
    REFUSE,
    /** A pending subscription whose consent the file brings. */
    PROMOTE,
    /** Newer details. */
    UPDATE,
    KEEP
}
