package dev.rooster.subscriber;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * Whose mailboxes a domain's are, as far as the domain alone tells: what reports group by and what rates are kept by. Companies
 * that have their own domain at a provider count as {@link #OTHER}.
 *
 * <p>The domains are in {@code mailbox-providers.properties} beside this class.
 */
public enum MailboxProvider {
    GMAIL,
    OUTLOOK,
    YAHOO,
    APPLE,
    NAVER,
    DAUM,
    KAKAO,
    NATE,
    OTHER;

    private static final Map<String, MailboxProvider> BY_DOMAIN = load();

    /** @param domain in lower case, A-labels */
    public static MailboxProvider of(String domain) {
        return BY_DOMAIN.getOrDefault(domain, OTHER);
    }

    /** Every domain that is known to be a provider's; all others are {@link #OTHER}'s. Unmodifiable. */
    public static Map<String, MailboxProvider> byDomain() {
        return BY_DOMAIN;
    }

    /** As stored in the ledger and printed: at most 20 characters. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, MailboxProvider> load() {
        Properties file = new Properties();
        try (InputStream in = MailboxProvider.class.getResourceAsStream("mailbox-providers.properties")) {
            file.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, MailboxProvider> byDomain = new HashMap<>();
        file.forEach((provider, domains) -> {
            for (String domain : domains.toString().split("[,\\s]+")) {
                byDomain.put(domain, valueOf(provider.toString().toUpperCase(Locale.ROOT)));
            }
        });
        return Map.copyOf(byDomain);
    }
}
