package dev.rooster.issue;

import static dev.rooster.issue.Severity.ERROR;
import static dev.rooster.issue.Severity.WARNING;

import java.util.Locale;

/**
 * Everything that can be wrong with an issue file. Each has two messages, what was found and how to mend it, in
 * {@code messages_*.properties} under {@link #key()}.
 */
public enum FindingCode {
    // The file as a whole
    FILE_TOO_LARGE(ERROR),
    NOT_UTF8(ERROR),
    NOT_UTF8_BUT_CP949(ERROR),
    NOT_UTF8_BUT_UTF16(ERROR),
    CONTROL_CHARACTER(ERROR),
    REPLACEMENT_CHARACTER(WARNING),
    EMPTY_ISSUE(ERROR),

    // Front matter
    FRONT_MATTER_MISSING(ERROR),
    FRONT_MATTER_OPEN(ERROR),
    FRONT_MATTER_LINE(ERROR),
    UNKNOWN_KEY(ERROR),
    UNKNOWN_KEY_NEAR(ERROR),
    DUPLICATE_KEY(ERROR),
    TITLE_MISSING(ERROR),
    VALUE_TOO_LONG(ERROR),
    DATE_INVALID(ERROR),
    YES_NO_INVALID(ERROR),
    ADVERTISING_VARIANT(ERROR),
    ADVERTISING_TYPED(WARNING),
    SUBJECT_LONG(WARNING),
    SUBJECT_REPLY(WARNING),
    PREHEADER_MISSING(WARNING),
    PREHEADER_LONG(WARNING),

    // Structure
    HEADING_ONE(ERROR),
    HEADING_NO_SPACE(WARNING),
    HEADING_EMPTY(ERROR),
    HEADING_NEAR_RESERVED(WARNING),
    HEADING_LEVEL(ERROR),
    SECTION_TWICE(ERROR),
    SECTION_EMPTY(WARNING),
    TOPIC_EMPTY(WARNING),
    RELATED_NOT_LIST(ERROR),
    RELATED_EMPTY(WARNING),
    NEWS_NOT_LIST(ERROR),
    NEWS_GROUP_EMPTY(WARNING),
    INDENTED_CODE(WARNING),
    TABLE_WIDE(WARNING),
    TABLE_BROKEN(WARNING),

    // Pictures
    PICTURE_MISSING(ERROR),
    PICTURE_MISSING_NEAR(ERROR),
    PICTURE_ELSEWHERE(ERROR),
    PICTURE_REMOTE(ERROR),
    PICTURE_FORMAT(ERROR),
    PICTURE_UNREADABLE(ERROR),
    PICTURE_TOO_LARGE(ERROR),
    PICTURE_NOT_ALONE(ERROR),
    PICTURE_ALT_MISSING(WARNING),
    PICTURES_HEAVY(WARNING),

    // Text
    LINK_EMPTY(WARNING),
    LINK_RELATIVE(WARNING),
    LINK_SCHEME(WARNING),
    LINK_BROKEN(WARNING),
    LINK_SYNTAX(WARNING),
    URL_CUT(WARNING),
    RAW_HTML(WARNING),
    RAW_HTML_ATTRIBUTE(WARNING),
    STARS_LEFT(WARNING),
    QUOTE_UNPAIRED(WARNING),
    EMOJI_JOINER(WARNING);

    private final Severity severity;

    FindingCode(Severity severity) {
        this.severity = severity;
    }

    public Severity severity() {
        return severity;
    }

    /** The message's key: {@code picture-missing}; how to mend it stands under {@code picture-missing.mend}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
