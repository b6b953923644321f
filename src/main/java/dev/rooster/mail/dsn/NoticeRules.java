package dev.rooster.mail.dsn;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What wording shows about the kind of a mail, from {@code rules-notice.txt}. Immutable. */
final class NoticeRules {
    static final Set<String> KEYS = Set.of("kind", "in", "weight", "why", "phrase", "unless", "sample");
    static final NoticeRules STANDARD = new NoticeRules(RuleFile.load("rules-notice.txt", KEYS));

    /** What a rule speaks for. */
    enum Sign {
        BOUNCE,
        DELAY,
        AUTOREPLY,
        COMPLAINT
    }

    /** Where a rule looks. */
    enum Place {
        FROM,
        SUBJECT,
        TEXT
    }

    private record Compiled(String id, Sign sign, Place place, int weight, List<Phrase> phrases, List<Phrase> unless) {}

    private final List<Compiled> rules = new ArrayList<>();

    NoticeRules(List<Rule> source) {
        for (Rule rule : source) {
            rules.add(new Compiled(
                    rule.id(),
                    Sign.valueOf(rule.one("kind").toUpperCase(Locale.ROOT)),
                    Place.valueOf(rule.one("in").toUpperCase(Locale.ROOT)),
                    Integer.parseInt(rule.one("weight")),
                    Phrase.all(rule.all("phrase")),
                    Phrase.all(rule.all("unless"))));
        }
        // Heaviest first: the first rule that matches in a place is the one that counts.
        rules.sort((a, b) -> b.weight() - a.weight());
    }

    /** The weight of each sign in each place. */
    record Weights(Map<Sign, int[]> weights) {
        int of(Sign sign, Place place) {
            int[] found = weights.get(sign);
            return found == null ? 0 : found[place.ordinal()];
        }

        int of(Sign sign) {
            return of(sign, Place.FROM) + of(sign, Place.SUBJECT) + of(sign, Place.TEXT);
        }
    }

    Weights weigh(String from, String subject, String text) {
        Map<Sign, int[]> weights = new EnumMap<>(Sign.class);
        Wording[] wordings = {Wording.plain(from.toLowerCase(Locale.ROOT)), Wording.of(subject), Wording.of(text)};
        for (Compiled rule : rules) {
            int[] found = weights.computeIfAbsent(rule.sign(), s -> new int[Place.values().length]);
            int place = rule.place().ordinal();
            if (found[place] == 0
                    && Phrase.any(rule.phrases(), wordings[place])
                    && !Phrase.any(rule.unless(), wordings[place])) {
                found[place] = rule.weight();
            }
        }
        return new Weights(weights);
    }
}
