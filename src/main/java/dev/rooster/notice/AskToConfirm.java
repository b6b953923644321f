package dev.rooster.notice;

/** What became of the wish to mail a confirmation. A web visitor is told the same in each case. */
public enum AskToConfirm {
    QUEUED,
    /** The address got a confirmation within the last day. */
    ONE_A_DAY,
    /** Too many were never answered: somebody else keeps typing this address. */
    UNANSWERED
}
