package dev.rooster.cli;

import dev.rooster.delivery.Forecast;
import dev.rooster.language.DisplayWidth;
import dev.rooster.newsletter.Newsletter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Says a forecast: when the last mail is handed to the relay, of all and by provider, and what keeps it. */
final class ForecastLines {
    private static final int MAILS_WIDTH = 10;

    private final Session session;
    private final ZoneId zone;
    private final Forecast forecast;

    ForecastLines(Session session, Newsletter newsletter, Forecast forecast) {
        this.session = session;
        this.zone = newsletter.settings().zone();
        this.forecast = forecast;
    }

    /** One for all, one for each provider, and a warning when the issue expires before all have it. */
    List<String> lines() {
        long mails = forecast.providers().stream()
                .mapToLong(Forecast.ByProvider::mails)
                .sum();
        if (mails == 0) {
            return List.of(session.text("forecast.none"));
        }
        List<String> lines = new ArrayList<>();
        lines.add(session.text("forecast", number(mails), local(forecast.last())));
        int width = forecast.providers().stream()
                .mapToInt(each -> DisplayWidth.columns(each.provider()))
                .max()
                .orElse(0);
        forecast.providers().forEach(each -> lines.add("  " + line(each, width)));
        if (forecast.late() > 0) {
            lines.add(session.text("forecast.late", number(forecast.late()), local(forecast.expires())));
            lines.add("  → " + session.text("forecast.late.mend"));
        }
        return lines;
    }

    private String line(Forecast.ByProvider provider, int width) {
        return DisplayWidth.pad(provider.provider(), width)
                + String.format(Locale.ROOT, "%" + MAILS_WIDTH + "s", number(provider.mails()))
                + "  " + local(provider.last()) + "  " + session.text("forecast.limit." + provider.limit())
                + (provider.late() > 0 ? session.text("forecast.provider.late", number(provider.late())) : "");
    }

    private static String number(long mails) {
        return String.format(Locale.ROOT, "%,d", mails);
    }

    /** With its day when it is not that of the beginning. */
    private String local(Instant at) {
        boolean sameDay = at.atZone(zone)
                .toLocalDate()
                .equals(forecast.from().atZone(zone).toLocalDate());
        return DateTimeFormatter.ofPattern(sameDay ? "HH:mm:ss" : "MM-dd HH:mm:ss", Locale.ROOT)
                .format(at.atZone(zone));
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("what", "handed to the relay");
        json.put("from", forecast.from().toString());
        json.put("last", forecast.last().toString());
        json.put("expires", forecast.expires().toString());
        json.put("late", forecast.late());
        json.put(
                "providers",
                forecast.providers().stream().map(ForecastLines::json).toList());
        return json;
    }

    private static Map<String, Object> json(Forecast.ByProvider provider) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("provider", provider.provider());
        json.put("mails", provider.mails());
        json.put("last", provider.last().toString());
        json.put("limited_by", provider.limit().name().toLowerCase(Locale.ROOT));
        json.put("late", provider.late());
        return json;
    }
}
