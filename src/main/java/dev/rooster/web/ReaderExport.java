package dev.rooster.web;

import dev.rooster.db.Database;
import dev.rooster.newsletter.Newsletter;
import dev.rooster.newsletter.NewsletterId;
import dev.rooster.newsletter.Newsletters;
import dev.rooster.subscriber.Consent;
import dev.rooster.subscriber.JdbiSubscriptions;
import dev.rooster.subscriber.Subscriber;
import dev.rooster.subscriber.Subscription;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Everything that is held about a reader, as JSON for that reader: what is told, declared, sent and answered. */
final class ReaderExport {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Database database;
    private final JdbiSubscriptions subscriptions = new JdbiSubscriptions();
    private final JdbiReaderHistory history = new JdbiReaderHistory();

    ReaderExport(Database database) {
        this.database = database;
    }

    byte[] json(Subscriber reader, Newsletters newsletters) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("address", reader.address().text());
        all.put("name", reader.name());
        all.put("language", reader.language() == null ? null : reader.language().tag());
        all.put("attributes", reader.attributes());
        all.put("since", reader.createdAt().toString());
        database.jdbi().useHandle(handle -> {
            all.put(
                    "subscriptions",
                    subscriptions.findAll(handle, reader.id()).stream()
                            .map(found -> subscription(found, newsletters))
                            .toList());
            all.put(
                    "declarations",
                    subscriptions.consents(handle, reader.id()).stream()
                            .map(found -> declaration(found, newsletters))
                            .toList());
            List<Map<String, Object>> mails = history.mails(handle, reader.id().value());
            all.put("mails", mails);
            all.put("feedback", history.feedback(handle, reader.id().value()));
        });
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(all);
    }

    private static Map<String, Object> subscription(Subscription found, Newsletters newsletters) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("newsletter", name(found.newsletter(), newsletters));
        one.put("state", found.state().text());
        one.put("since", found.since().toString());
        one.put("source", found.source());
        return one;
    }

    private static Map<String, Object> declaration(Consent found, Newsletters newsletters) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("newsletter", name(found.newsletter(), newsletters));
        one.put("kind", found.kind().name().toLowerCase(java.util.Locale.ROOT));
        one.put("at", found.at().toString());
        one.put("method", found.method());
        one.put("source", found.source());
        one.put("shown", found.shownText());
        one.put("ip", found.ip());
        one.put("browser", found.userAgent());
        return one;
    }

    private static String name(NewsletterId id, Newsletters newsletters) {
        return newsletters.find(id).map(Newsletter::name).orElse("-");
    }
}
