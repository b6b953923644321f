package dev.rooster.subscriber.csv;

import java.util.Locale;

/** What a column can mean; the names are in {@code columns.properties}. */
enum Column {
    ADDRESS,
    NAME,
    FIRST_NAME,
    LAST_NAME,
    LANGUAGE,
    STATUS,
    CONSENT_DATE,
    REFUSAL_DATE,
    REFUSAL_REASON,
    CONSENT_IP,
    CONSENT_SOURCE,
    ATTRIBUTES;

    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
