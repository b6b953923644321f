package dev.rooster.report;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is known of the mails that the relay took for one mailbox provider.
 *
 * @param accepted how many the relay took
 * @param arrivals of these, by what is known since: unknown, delayed, arrived, returned; all four, 0 included
 * @param first when the first of those that arrived did, then half of them, nine in ten, the last; null while none has
 */
public record ProviderArrivals(
        String provider,
        long accepted,
        Map<String, Long> arrivals,
        Instant first,
        Instant median,
        Instant ninetyPercent,
        Instant last) {

    public long of(String arrival) {
        return arrivals.getOrDefault(arrival, 0L);
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("provider", provider);
        json.put("accepted", accepted);
        json.putAll(arrivals);
        json.put("first", DeliveryLine.text(first));
        json.put("median", DeliveryLine.text(median));
        json.put("ninety_percent", DeliveryLine.text(ninetyPercent));
        json.put("last", DeliveryLine.text(last));
        return json;
    }
}
