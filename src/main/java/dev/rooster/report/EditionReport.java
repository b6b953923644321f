package dev.rooster.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The balance sheet of one send.
 *
 * @param edition null before the issue is sent; state is then the issue's
 * @param states rows by state, all nine, 0 included
 * @param excluded candidates who are no recipients, by reason
 * @param skipped by reason
 * @param uncertainSeen rows that were uncertain at least once, whatever became of them
 * @param arrivals accepted rows by what is known of them since: unknown, delayed, arrived, returned
 * @param complaints spam reports tied to this edition
 * @param feedback votes by kind
 * @param comments votes that came with words
 * @param providerArrivals the same by mailbox provider, with times
 * @param bounces recipients whose mail came back, by category, the most first
 * @param canary null: everybody at once, or nothing is sent yet
 * @param resentCopies copies sent again to single people, the newest 20; in no sum
 * @param started when the audience was complete and sending began; null before
 * @param finished null until every row is final
 * @param rate rows the relay took a second, from the start to the end or to now; 0 before
 * @param punctuality how long after its time it was handed over, and arrived as far as is known
 * @param faults sums that do not agree; empty when all do
 */
public record EditionReport(
        long issue,
        String title,
        Long edition,
        String state,
        String stateReason,
        long candidates,
        Map<String, Long> excluded,
        long recipients,
        Map<String, Long> states,
        Map<String, Long> skipped,
        long uncertainSeen,
        Map<String, Long> arrivals,
        long complaints,
        Map<String, Long> feedback,
        long comments,
        List<ReportVersion> versions,
        List<ResentCopyLine> resentCopies,
        List<ProviderReport> providers,
        List<ReasonReport> reasons,
        List<ProviderArrivals> providerArrivals,
        List<CategoryReport> bounces,
        CanaryReport canary,
        Instant started,
        Instant finished,
        double rate,
        Punctuality punctuality,
        List<String> faults) {

    static final List<String> STATES = List.of(
            "queued", "claimed", "sending", "deferred", "accepted", "rejected", "expired", "skipped", "uncertain");

    public long of(String state) {
        return states.getOrDefault(state, 0L);
    }

    /** Rows in states that are not final; uncertain ones may still be resent and are not counted. */
    public long unfinished() {
        return of("queued") + of("claimed") + of("sending") + of("deferred");
    }

    /** Candidates = recipients + excluded, and recipients = rows of all states. */
    static List<String> faults(long candidates, long recipients, Map<String, Long> excluded, Map<String, Long> states) {
        List<String> faults = new ArrayList<>();
        long excludedAll = sum(excluded);
        if (candidates != recipients + excludedAll) {
            faults.add(candidates + " candidates <> " + recipients + " recipients + " + excludedAll + " excluded");
        }
        if (recipients != sum(states)) {
            faults.add(recipients + " recipients <> " + sum(states) + " deliveries");
        }
        return faults;
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    static double rate(long accepted, Instant started, Instant until) {
        if (started == null || accepted == 0) {
            return 0;
        }
        long millis = Math.max(1, Duration.between(started, until).toMillis());
        return Math.round(accepted * 10_000.0 / millis) / 10.0;
    }

    /** The form of {@code report --json}; its first names are relied on by scripts. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("issue", issue);
        json.put("edition", edition);
        json.put("state", state);
        json.put("candidates", candidates);
        json.put("excluded", excluded);
        json.put("recipients", recipients);
        for (String name : STATES) {
            json.put(name, name.equals("skipped") ? skipped : (Object) of(name));
        }
        json.put("uncertain_seen", uncertainSeen);
        json.put("versions", versions.stream().map(EditionReport::json).toList());
        json.put("started", text(started));
        json.put("finished", text(finished));
        json.put("rate", rate);
        json.put("title", title);
        json.put("state_reason", stateReason);
        json.put("sums_agree", faults.isEmpty());
        json.put("arrivals", arrivals);
        json.put("complaints", complaints);
        json.put("feedback", feedback);
        json.put("comments", comments);
        json.put("canary", canary == null ? null : json(canary));
        json.put("providers", providers.stream().map(EditionReport::json).toList());
        json.put("punctuality", punctuality.json());
        json.put(
                "resent_copies", resentCopies.stream().map(ResentCopyLine::json).toList());
        json.put("reasons", reasons.stream().map(EditionReport::json).toList());
        json.put(
                "provider_arrivals",
                providerArrivals.stream().map(ProviderArrivals::json).toList());
        json.put("bounces", bounces.stream().map(CategoryReport::json).toList());
        return json;
    }

    private static Map<String, Object> json(CanaryReport canary) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("first", canary.first());
        json.put("rest_from", text(canary.restFrom()));
        json.put("rest_until", text(canary.restUntil()));
        return json;
    }

    private static Map<String, Object> json(ReportVersion version) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", version.version());
        json.put("subject", version.subject());
        json.put("released", text(version.released()));
        json.put("changes", version.changes());
        json.put("recipients", version.recipients());
        json.put("accepted", version.accepted());
        return json;
    }

    private static Map<String, Object> json(ProviderReport provider) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("provider", provider.provider());
        json.put("recipients", provider.recipients());
        json.putAll(provider.states());
        json.put("first", text(provider.first()));
        json.put("median", text(provider.median()));
        json.put("last", text(provider.last()));
        json.put("paused", text(provider.pausedAt()));
        json.put("pause_reason", provider.pauseReason());
        return json;
    }

    private static Map<String, Object> json(ReasonReport reason) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("state", reason.state());
        json.put("reason", reason.reason());
        json.put("code", reason.replyCode());
        json.put("deliveries", reason.rows());
        json.put("example", reason.example());
        return json;
    }

    private static String text(Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
