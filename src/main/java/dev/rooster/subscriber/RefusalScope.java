package dev.rooster.subscriber;

/** What a refusal is about. */
public enum RefusalScope {
    THIS_NEWSLETTER,
    ALL_NEWSLETTERS
}
