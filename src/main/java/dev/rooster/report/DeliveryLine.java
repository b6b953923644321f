package dev.rooster.report;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One delivery as the operator sees it.
 *
 * @param address null once the person was erased
 * @param reply the relay's last reply, with its queue id; null: none yet
 * @param arrival what is known since acceptance: unknown, delayed, arrived, returned
 * @param at when its state began
 */
public record DeliveryLine(
        long issue,
        String title,
        long edition,
        long seq,
        String address,
        String provider,
        int version,
        String state,
        String reason,
        int attempts,
        int uncertainCount,
        String relay,
        Integer replyCode,
        String reply,
        String arrival,
        Instant arrivalAt,
        String arrivalSource,
        Instant nextAttemptAt,
        Instant at) {

    /** The form of {@code --json}. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("issue", issue);
        json.put("title", title);
        json.put("edition", edition);
        json.put("seq", seq);
        json.put("address", address);
        json.put("provider", provider);
        json.put("version", version);
        json.put("state", state);
        json.put("reason", reason);
        json.put("at", text(at));
        json.put("attempts", attempts);
        json.put("uncertain_count", uncertainCount);
        json.put("relay", relay);
        json.put("code", replyCode);
        json.put("reply", reply);
        json.put("arrival", arrival);
        json.put("arrival_at", text(arrivalAt));
        json.put("arrival_source", arrivalSource);
        json.put("next_attempt_at", text(nextAttemptAt));
        return json;
    }

    static String text(Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
