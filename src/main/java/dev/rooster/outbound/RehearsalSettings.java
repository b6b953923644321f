package dev.rooster.outbound;

/**
 * What the rehearsal before a proof may ask.
 *
 * @param links whether the links of the issue are asked
 * @param privateAddresses whether links into private networks are asked as well
 */
public record RehearsalSettings(boolean links, boolean privateAddresses) {
    public static RehearsalSettings defaults() {
        return new RehearsalSettings(true, false);
    }
}
