package dev.rooster.newsletter;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What must be known before a newsletter may leave this machine: who sends it, how they are reached, and an address on which
 * refusing works (Network Act of Korea §50(4)). What {@code init} writes as a placeholder counts as missing.
 */
public final class LawGate {

    /** Something that is missing. Texts: {@code law-gate.…} in this package's messages; {0} is the newsletter's name. */
    public enum Missing {
        FROM,
        NAME,
        EMAIL,
        PHONE,
        ADDRESS,
        /** Public address of the pages, https: a refusal link that can't be opened counts as not shown. */
        PUBLIC_URL
    }

    /** Names kept for examples (RFC 2606 sections 2 and 3), and those of one's own machine. */
    private static final Pattern NOBODYS_DOMAIN =
            Pattern.compile("(?:.*\\.)?(?:example\\.(?:com|org|net)|example|invalid|test|localhost)");

    private LawGate() {}

    /**
     * What is missing for a send.
     *
     * @param publicUrl may be null: not set
     * @param loopbackRelay the relay is on this machine's loopback: nothing leaves, so nothing is asked
     * @return empty when the send may begin
     */
    public static List<Missing> missing(NewsletterSettings settings, URI publicUrl, boolean loopbackRelay) {
        List<Missing> missing = new ArrayList<>();
        if (loopbackRelay) {
            return missing;
        }
        Identity identity = settings.identity();
        note(missing, Missing.FROM, isNobodys(settings.from().domain()));
        note(missing, Missing.NAME, isPlaceholder(identity.name()));
        note(missing, Missing.EMAIL, isPlaceholder(identity.email()) || isNobodys(domainOf(identity.email())));
        note(missing, Missing.PHONE, isPlaceholder(identity.phone()) || !hasDigits(identity.phone(), 4));
        note(missing, Missing.ADDRESS, isPlaceholder(identity.address()));
        note(missing, Missing.PUBLIC_URL, !isPublic(publicUrl));
        return List.copyOf(missing);
    }

    private static void note(List<Missing> missing, Missing what, boolean isMissing) {
        if (isMissing) {
            missing.add(what);
        }
    }

    private static boolean isPlaceholder(String text) {
        return text.isBlank() || text.toUpperCase(Locale.ROOT).startsWith("CHANGE-ME");
    }

    private static boolean isPublic(URI url) {
        return url != null
                && "https".equalsIgnoreCase(url.getScheme())
                && url.getHost() != null
                && !isNobodys(url.getHost());
    }

    private static boolean isNobodys(String domain) {
        String name = domain.toLowerCase(Locale.ROOT);
        return !name.contains(".")
                || name.startsWith("change-me")
                || NOBODYS_DOMAIN.matcher(name).matches()
                || name.startsWith("127.");
    }

    private static String domainOf(String email) {
        return email.substring(email.lastIndexOf('@') + 1);
    }

    private static boolean hasDigits(String text, int digitsMin) {
        return text.chars().filter(Character::isDigit).count() >= digitsMin;
    }
}
