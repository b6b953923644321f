package dev.rooster.report;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A marked copy that an operator sent to one person again; in no sum.
 *
 * @param address null once the person was erased
 * @param state sending (it was cut off: nobody knows), accepted, refused or uncertain
 * @param reply the relay's reply; null while there is none
 */
public record ResentCopyLine(Instant at, String address, int version, String state, String reply) {
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("at", DeliveryLine.text(at));
        json.put("address", address);
        json.put("version", version);
        json.put("state", state);
        json.put("reply", reply);
        return json;
    }
}
