package dev.rooster.mail;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text of others with the addresses in it masked. */
public final class MaskedText {
    /** What looks like an address at a domain with a name, wherever it stands: rather too much than too little. */
    private static final Pattern ADDRESS = Pattern.compile(
            "[^\\s<>@\"'(),;:\\[\\]/=]{1,64}@(?:[\\p{L}\\p{N}-]{1,63}\\.){1,10}\\p{L}[\\p{L}\\p{N}-]{1,62}");

    private MaskedText() {}

    /** The text with {@code k***@n***.com} in the place of each address ({@link EmailAddress#masked}). */
    public static String of(String text) {
        return text.indexOf('@') < 0
                ? text
                : ADDRESS.matcher(text).replaceAll(found -> Matcher.quoteReplacement(masked(found.group())));
    }

    private static String masked(String address) {
        return EmailAddress.check(address) instanceof AddressCheck.Valid valid
                ? valid.address().masked()
                : "***";
    }
}
