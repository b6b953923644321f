package dev.rooster.mail.hook;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * For providers that sign nothing: a password in the Authorization header, Basic (RFC 7617; the user's name does not matter)
 * or Bearer (RFC 6750), or alone in a header of the provider's.
 */
public final class PasswordCheck implements HookCheck {
    private final List<String> secrets;
    private final String header;

    /**
     * @param secrets any of which will do
     * @param header in lower case; null for none besides Authorization
     */
    public PasswordCheck(List<String> secrets, String header) {
        this.secrets = List.copyOf(secrets);
        this.header = header;
    }

    @Override
    public Checked check(HookRequest request, Instant now) {
        return knows(request) ? new Checked.Genuine(request.body(), null) : new Checked.Refused();
    }

    @Override
    public boolean asksForPassword() {
        return true;
    }

    boolean knows(HookRequest request) {
        String given = given(request);
        boolean known = false;
        for (String secret : secrets) {
            known |= Signatures.same(secret, given);
        }
        return known && !given.isEmpty();
    }

    private String given(HookRequest request) {
        if (header != null && !request.header(header).isEmpty()) {
            return request.header(header);
        }
        String[] words = request.header("authorization").strip().split(" +", 2);
        if (words.length < 2) {
            return "";
        }
        return switch (words[0].toLowerCase(Locale.ROOT)) {
            case "bearer" -> words[1].strip();
            case "basic" -> password(words[1].strip());
            default -> "";
        };
    }

    private static String password(String credentials) {
        try {
            String pair = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
            return pair.substring(pair.indexOf(':') + 1);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
