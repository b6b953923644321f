package dev.rooster.bounce;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The form of the addresses at which mail comes back: {@code prefix+token@domain}, in any case. */
final class TokenAddress {
    private static final Pattern LOCAL_PART = Pattern.compile("[A-Za-z0-9]{1,8}\\+([A-Za-z2-7]{40,68})");

    private TokenAddress() {}

    /** What stands in the place of the token, not yet opened; empty: it is another kind of address. */
    static Optional<String> token(String address) {
        Matcher local = LOCAL_PART.matcher(address.substring(0, Math.max(0, address.lastIndexOf('@'))));
        return local.matches() ? Optional.of(local.group(1)) : Optional.empty();
    }
}
