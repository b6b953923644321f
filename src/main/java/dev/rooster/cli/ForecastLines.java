package dev.rooster.cli;

import dev.rooster.delivery.Forecast;
import dev.rooster.newsletter.Newsletter;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Says a forecast: when the last mail is handed to the relay, of all and by provider. */
final class ForecastLines {
    private final Session session;
    private final Newsletter newsletter;
    private final Forecast forecast;

    ForecastLines(Session session, Newsletter newsletter, Forecast forecast) {
        this.session = session;
        this.newsletter = newsletter;
        this.forecast = forecast;
    }

    /** {@code about 12,345 mails; the last is handed to the relay by 07:10:00 (naver 6,000 by 07:10:00, …)}. */
    String text() {
        long mails = forecast.providers().stream()
                .mapToLong(Forecast.ByProvider::mails)
                .sum();
        if (mails == 0) {
            return session.text("forecast.none");
        }
        String each = forecast.providers().stream().map(this::text).collect(Collectors.joining(", "));
        return session.text("forecast", number(mails), local(forecast.last()), each);
    }

    private String text(Forecast.ByProvider provider) {
        return session.text(
                "forecast.provider",
                provider.provider(),
                number(provider.mails()),
                local(provider.last()),
                session.text("forecast.limit." + provider.limit()));
    }

    private static String number(long mails) {
        return String.format(Locale.ROOT, "%,d", mails);
    }

    private String local(Instant at) {
        return DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT)
                .format(at.atZone(newsletter.settings().zone()));
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("what", "handed to the relay");
        json.put("from", forecast.from().toString());
        json.put("last", forecast.last().toString());
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
        return json;
    }
}
