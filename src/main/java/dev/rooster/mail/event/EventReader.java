package dev.rooster.mail.event;

/** Reads one provider's form. */
interface EventReader {
    /** Adds what the request tells. */
    void read(JsonTree request, Collected into);
}
