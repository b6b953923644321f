package dev.rooster.bounce;

import dev.rooster.token.Purpose;
import dev.rooster.token.Tokens;
import java.util.Set;
import java.util.regex.Pattern;

/** Which addresses returned mail and refusals come to: those with a token made here. Immutable and thread-safe. */
public final class ReturnAddresses {
    private static final Set<Purpose> PURPOSES = Set.of(Purpose.VERP, Purpose.UNSUBSCRIBE_BY_MAIL);
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9+]{1,80}@[A-Za-z0-9.-]{1,253}");

    private final Tokens tokens;

    public ReturnAddresses(Tokens tokens) {
        this.tokens = tokens;
    }

    /** Whether we made it up: an envelope sender or an unsubscribe address. Its domain is not looked at, for it may change. */
    public boolean isOurs(String address) {
        return ADDRESS.matcher(address).matches()
                && TokenAddress.token(address)
                        .flatMap(tokens::open)
                        .filter(token -> PURPOSES.contains(token.purpose()))
                        .isPresent();
    }
}
