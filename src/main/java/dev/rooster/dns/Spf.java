package dev.rooster.dns;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What an SPF record says, as far as it can be judged without knowing the relay's addresses (RFC 7208). */
final class Spf {
    /** More lookups than this, and receivers give up on the record (RFC 7208 §4.6.4). */
    static final int LOOKUPS_MAX = 10;

    private static final Set<String> ASKING = Set.of("include", "a", "mx", "ptr", "exists", "redirect");

    private final DnsLookup dns;

    Spf(DnsLookup dns) {
        this.dns = dns;
    }

    /** Those of a domain's TXT values that are SPF records (RFC 7208 §4.5). */
    static List<String> among(List<String> values) {
        return values.stream()
                .filter(value -> value.toLowerCase(Locale.ROOT).matches("v=spf1( .*)?"))
                .toList();
    }

    /** Whether it lets everybody send in the domain's name. */
    static boolean letsEverybody(String record) {
        return terms(record).stream().anyMatch(term -> term.equals("all") || term.equals("+all"));
    }

    /** Whether it lets nobody at all. */
    static boolean letsNobody(String record) {
        return terms(record).stream().allMatch(term -> term.endsWith("all") && !letsEverybody("v=spf1 " + term));
    }

    /** How many lookups receivers have to make for it; stops counting above {@link #LOOKUPS_MAX}. */
    int lookups(String record) {
        return lookups(record, new HashSet<>(), 0);
    }

    private int lookups(String record, Set<String> seen, int before) {
        int count = before;
        for (String term : terms(record)) {
            String word = term.replaceFirst("^[+?~-]", "");
            String mechanism = word.split("[:=/]", 2)[0];
            if (!ASKING.contains(mechanism)) {
                continue;
            }
            count++;
            boolean nested = mechanism.equals("include") || mechanism.equals("redirect");
            String domain = nested ? word.substring(Math.min(word.length(), mechanism.length() + 1)) : "";
            if (count <= LOOKUPS_MAX && nested && !domain.contains("%") && seen.add(domain)) {
                count = dns.find(domain, DnsLookup.Type.TXT) instanceof DnsAnswer.Found found
                                && !among(found.values()).isEmpty()
                        ? lookups(among(found.values()).get(0), seen, count)
                        : count;
            }
        }
        return count;
    }

    private static List<String> terms(String record) {
        return List.of(record.toLowerCase(Locale.ROOT).strip().split("\\s+")).stream()
                .skip(1)
                .toList();
    }
}
