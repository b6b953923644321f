package dev.rooster.report;

import dev.rooster.subscriber.Consent;
import dev.rooster.subscriber.Subscriber;
import dev.rooster.subscriber.Subscription;
import dev.rooster.suppression.Suppression;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything this installation holds about one person: what the operator answers "I got it twice" and "I never got it" from,
 * and what the person may ask to see.
 *
 * @param newsletters names by id
 * @param attempts tries that did not end in acceptance, oldest first
 * @param bounces returned mails, spam reports and automatic replies, oldest first
 */
public record PersonFile(
        Subscriber person,
        Map<Long, String> newsletters,
        List<Subscription> subscriptions,
        List<Consent> consents,
        List<Suppression> suppressions,
        List<DeliveryLine> deliveries,
        List<Attempt> attempts,
        List<Bounce> bounces,
        List<Vote> votes,
        List<Notice> notices) {

    /** A try that did not end in acceptance. */
    public record Attempt(long edition, Instant at, String relay, String outcome, Integer code, String reply) {}

    /** A mail that came back, or another report about a mail. */
    public record Bounce(Instant at, String kind, Long edition, String verdict, String status, String diagnostic) {}

    /** Feedback to an issue. */
    public record Vote(long edition, Instant at, String vote, String comment) {}

    /** A single mail to the person: a confirmation, a welcome, the result of a refusal. */
    public record Notice(Instant at, String kind, String state, String reply, String arrival) {}

    /** The name of a newsletter by its row. */
    public String newsletterName(long id) {
        return newsletters.getOrDefault(id, String.valueOf(id));
    }

    /** The form of {@code subscriber show --json}. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("address", person.address().text());
        json.put("name", person.name());
        json.put(
                "language", person.language() == null ? null : person.language().tag());
        json.put("attributes", person.attributes());
        json.put("created", DeliveryLine.text(person.createdAt()));
        json.put("subscriptions", list(subscriptions, this::subscription));
        json.put("consents", list(consents, this::consent));
        json.put("suppressions", list(suppressions, this::suppression));
        json.put("deliveries", list(deliveries, DeliveryLine::json));
        json.put("attempts", list(attempts, PersonFile::attempt));
        json.put("bounces", list(bounces, PersonFile::bounce));
        json.put("feedback", list(votes, PersonFile::vote));
        json.put("notices", list(notices, PersonFile::notice));
        return json;
    }

    private static <T> List<Map<String, Object>> list(
            List<T> values, java.util.function.Function<T, Map<String, Object>> form) {
        List<Map<String, Object>> list = new ArrayList<>();
        values.forEach(value -> list.add(form.apply(value)));
        return list;
    }

    private Map<String, Object> subscription(Subscription subscription) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("newsletter", newsletterName(subscription.newsletter().value()));
        json.put("state", subscription.state().text());
        json.put("since", DeliveryLine.text(subscription.since()));
        json.put("source", subscription.source());
        return json;
    }

    private Map<String, Object> consent(Consent consent) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("newsletter", newsletterName(consent.newsletter().value()));
        json.put("kind", consent.kind().text());
        json.put("at", DeliveryLine.text(consent.at()));
        json.put("method", consent.method());
        json.put("source", consent.source());
        json.put("shown_text", consent.shownText());
        json.put("ip", consent.ip());
        json.put("user_agent", consent.userAgent());
        return json;
    }

    private Map<String, Object> suppression(Suppression suppression) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(
                "newsletter",
                suppression.scope().isAll()
                        ? null
                        : newsletterName(suppression.scope().newsletterId()));
        json.put("reason", suppression.reason().text());
        json.put("since", DeliveryLine.text(suppression.since()));
        json.put("source", suppression.source());
        return json;
    }

    private static Map<String, Object> attempt(Attempt attempt) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("edition", attempt.edition());
        json.put("at", DeliveryLine.text(attempt.at()));
        json.put("relay", attempt.relay());
        json.put("outcome", attempt.outcome());
        json.put("code", attempt.code());
        json.put("reply", attempt.reply());
        return json;
    }

    private static Map<String, Object> bounce(Bounce bounce) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("at", DeliveryLine.text(bounce.at()));
        json.put("kind", bounce.kind());
        json.put("edition", bounce.edition());
        json.put("verdict", bounce.verdict());
        json.put("status", bounce.status());
        json.put("diagnostic", bounce.diagnostic());
        return json;
    }

    private static Map<String, Object> vote(Vote vote) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("edition", vote.edition());
        json.put("at", DeliveryLine.text(vote.at()));
        json.put("vote", vote.vote());
        json.put("comment", vote.comment());
        return json;
    }

    private static Map<String, Object> notice(Notice notice) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("at", DeliveryLine.text(notice.at()));
        json.put("kind", notice.kind());
        json.put("state", notice.state());
        json.put("reply", notice.reply());
        json.put("arrival", notice.arrival());
        return json;
    }
}
