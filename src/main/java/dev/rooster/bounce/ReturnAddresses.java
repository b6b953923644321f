package dev.rooster.bounce;

import dev.rooster.token.Purpose;
import dev.rooster.token.Tokens;
import java.util.Locale;
import java.util.Optional;
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

    /**
     * The token of an address that we made up: an envelope sender or an unsubscribe address. The same in whatever case and with
     * whatever domain it is written, for that may change. Empty: it is none of ours.
     */
    public Optional<String> token(String address) {
        return ADDRESS.matcher(address).matches()
                ? TokenAddress.token(address)
                        .filter(text -> tokens.open(text)
                                .filter(token -> PURPOSES.contains(token.purpose()))
                                .isPresent())
                        .map(text -> text.toLowerCase(Locale.ROOT))
                : Optional.empty();
    }
}
