package dev.rooster.newsletter;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a newsletter may be called in the settings: the name is the first segment of its public pages. */
public final class NewsletterName {

    /** Why a name is refused. Texts: {@code newsletter-name.…} in this package's messages. */
    public enum Problem {
        /** Not 2–60 lower-case letters, digits and inner hyphens. */
        FORM,
        /** A path of Rooster's own pages. */
        RESERVED
    }

    /** First path segments that belong to Rooster, now or by intention, and names that browsers and proxies ask for. */
    private static final Set<String> RESERVED = Set.of(
            "a",
            "u",
            "c",
            "p",
            "f",
            "l",
            "s",
            "t",
            "media",
            "hooks",
            "admin",
            "api",
            "healthz",
            "readyz",
            "metrics",
            "archive",
            "feed",
            "static",
            "assets",
            "login",
            "logout",
            "help",
            "robots",
            "favicon",
            "well-known");

    private static final Pattern FORM = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])");

    private NewsletterName() {}

    /** What is wrong with {@code name}; empty when it may be used. One-letter names are reserved as a class. */
    public static Optional<Problem> problemOf(String name) {
        if (RESERVED.contains(name)) {
            return Optional.of(Problem.RESERVED);
        }
        return FORM.matcher(name).matches() ? Optional.empty() : Optional.of(Problem.FORM);
    }
}
