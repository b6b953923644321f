package dev.rooster.subscriber.csv;

/**
 * Fields that a spreadsheet would take for a formula, made harmless by an apostrophe in front, and the way back (CWE-1236,
 * OWASP ASVS 1.2.10). A telephone number such as {@code +82-10-…} is one of them: it is written {@code '+82-10-…}, which
 * spreadsheets show as text with its plus sign, and read back whole.
 *
 * <p>The two are inverse for every text: one that begins with apostrophes and then such a character gets one more.
 */
public final class SpreadsheetSafe {
    private SpreadsheetSafe() {}

    /** The field as a spreadsheet may read it. */
    public static String escape(String field) {
        return startsFormula(field, 0) ? "'" + field : field;
    }

    static String unescape(String field) {
        return !field.isEmpty() && field.charAt(0) == '\'' && startsFormula(field, 1) ? field.substring(1) : field;
    }

    /** Whether, after any apostrophes from there on, comes a character that starts a formula. */
    private static boolean startsFormula(String field, int from) {
        int i = from;
        while (i < field.length() && field.charAt(i) == '\'') {
            i++;
        }
        return i < field.length() && isTrigger(field.charAt(i));
    }

    private static boolean isTrigger(char c) {
        return switch (c) {
            case '=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠' -> true;
            default -> false;
        };
    }
}
