package dev.rooster.web;

import io.javalin.http.Context;

/** Conditional requests (RFC 9110 §13). */
final class Cached {
    private Cached() {}

    /**
     * Sets the ETag; answers 304 when the caller has this version already.
     *
     * @param version without quotes
     * @return whether it was answered
     */
    static boolean unchanged(Context ctx, String version) {
        String tag = "\"" + version + "\"";
        ctx.header("ETag", tag);
        String known = ctx.header("If-None-Match");
        if (known == null) {
            return false;
        }
        for (String one : known.split(",")) {
            String candidate = one.strip();
            // Weak comparison: a compressing proxy weakens our tag.
            if (candidate.equals("*") || candidate.replaceFirst("^W/", "").equals(tag)) {
                ctx.status(304);
                return true;
            }
        }
        return false;
    }
}
