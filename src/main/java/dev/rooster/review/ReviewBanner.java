package dev.rooster.review;

import dev.rooster.template.Url;
import java.util.List;

/**
 * What stands above a copy, for whoever gets it before the readers; {@code templates/notices/review}.
 *
 * @param proof a proof; else a staff copy
 * @param slot when the readers get it, in words
 * @param required it is held at its slot unless somebody approves
 * @param heldBy who holds it back; empty: nobody
 * @param approvedBy who approved it; empty: nobody yet
 * @param findings what the rehearsal found, a line each
 */
record ReviewBanner(
        boolean proof,
        String newsletter,
        String slot,
        boolean required,
        String heldBy,
        List<String> approvedBy,
        List<Line> findings,
        Url approve,
        Url hold) {
    /**
     * One finding.
     *
     * @param sign ✓, ! or ✗
     * @param mend how to mend it; may be empty
     */
    record Line(String sign, String words, String mend, boolean good) {}
}
