package dev.rooster.report;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Recipients of an edition whose mail came back for one reason.
 *
 * @param category unknown-user, mailbox-full …
 * @param verdict hard, soft, sender-fault or none
 */
public record CategoryReport(String category, String verdict, long recipients) {

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("category", category);
        json.put("verdict", verdict);
        json.put("recipients", recipients);
        return json;
    }
}
