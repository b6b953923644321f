package dev.rooster.cli;

import dev.rooster.bounce.BounceFilter;
import dev.rooster.bounce.BounceKind;
import dev.rooster.bounce.BounceListener;
import dev.rooster.bounce.JdbiBounces;
import dev.rooster.bounce.JdbiStopRequests;
import dev.rooster.bounce.ListedBounce;
import dev.rooster.bounce.StopRequest;
import dev.rooster.bounce.WriteBounces;
import dev.rooster.language.Messages;
import dev.rooster.mail.dsn.Category;
import dev.rooster.newsletter.Newsletter;
import java.io.BufferedWriter;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists what came back, newest first, and says what each category means. */
@Command(name = "list", mixinStandardHelpOptions = true)
final class BounceListCommand extends RoosterCommand {
    private static final int DIAGNOSTIC_COLUMNS = 60;
    private static final int LISTED = 200;
    private static final int EXPORTED_MAX = 1_000_000;

    @Parameters(arity = "0..1", paramLabel = "ADDRESS|DOMAIN", descriptionKey = "bounce.list.address")
    private String address;

    @Option(names = "--issue", paramLabel = "ID", descriptionKey = "bounce.list.issue")
    private Long issue;

    @Option(names = "--provider", paramLabel = "NAME", descriptionKey = "bounce.list.provider")
    private String provider;

    @Option(names = "--kind", paramLabel = "KIND", descriptionKey = "bounce.list.kind")
    private String kind;

    @Option(names = "--category", paramLabel = "CATEGORY", descriptionKey = "bounce.list.category")
    private String category;

    @Option(names = "--asks", descriptionKey = "bounce.list.asks")
    private boolean asks;

    @Option(names = "--limit", paramLabel = "N", converter = PositiveNumber.class, descriptionKey = "bounce.list.limit")
    private Integer limit;

    @Option(names = "--csv", paramLabel = "FILE", descriptionKey = "bounce.list.csv")
    private String csv;

    @Mixin
    private JsonOption json;

    @Override
    protected int run(Session session) {
        if (asks) {
            return listStopRequests(session);
        }
        BounceFilter filter = new BounceFilter(
                issue,
                address,
                provider,
                chosen(session, BounceKind.class, kind),
                chosen(session, Category.class, category));
        if (csv != null) {
            exportTo(session, filter);
        } else if (json.asked) {
            session.app()
                    .database()
                    .jdbi()
                    .useTransaction(handle ->
                            new JdbiBounces().forEach(handle, filter, limit(EXPORTED_MAX), session::jsonLine));
        } else {
            print(
                    session,
                    session.app()
                            .database()
                            .jdbi()
                            .inTransaction(handle -> new JdbiBounces().list(handle, filter, limit(LISTED))));
        }
        return Exit.DONE;
    }

    private int limit(int byDefault) {
        return limit == null ? byDefault : Math.min(limit, EXPORTED_MAX);
    }

    /** A file begins with a byte order mark, or Korean Excel takes it for CP949. */
    private void exportTo(Session session, BounceFilter filter) {
        WholeFile.write(session, csv, out -> {
            Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            if (!csv.equals("-")) {
                writer.write("\uFEFF");
            }
            session.app()
                    .database()
                    .jdbi()
                    .useTransaction(handle -> new WriteBounces().write(handle, filter, limit(EXPORTED_MAX), writer));
        });
    }

    private int listStopRequests(Session session) {
        List<StopRequest> waiting = session.app()
                .database()
                .jdbi()
                .withHandle(handle -> new JdbiStopRequests().open(handle, limit(LISTED)));
        if (json.asked) {
            waiting.forEach(request -> session.jsonLine(line(session, request)));
            return Exit.DONE;
        }
        Table table = new Table(session.text("bounce.list.asks.heads").split(" \\| "));
        for (StopRequest request : waiting) {
            table.row(
                    request.id(),
                    request.receivedAt().toString().substring(0, 16),
                    request.sender(),
                    newsletter(session, request),
                    session.text(request.subscriber() == null ? "bounce.list.asks.unknown" : "bounce.list.asks.known"),
                    shortened(request.words()));
        }
        table.print(session.console());
        waiting.forEach(request -> link(session, request)
                .ifPresent(link -> session.console()
                        .println(session.text("bounce.list.asks.link", String.valueOf(request.id()), link))));
        session.console()
                .println(session.text(waiting.isEmpty() ? "bounce.list.asks.none" : "bounce.list.asks.answer"));
        return Exit.DONE;
    }

    private static Map<String, Object> line(Session session, StopRequest request) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("id", request.id());
        line.put("receivedAt", request.receivedAt());
        line.put("source", request.source());
        line.put("sender", request.sender());
        line.put("known", request.subscriber() != null);
        line.put("newsletter", newsletter(session, request));
        line.put("words", request.words());
        link(session, request).ifPresent(link -> line.put("link", link));
        return line;
    }

    private static Optional<String> link(Session session, StopRequest request) {
        return session.app()
                .delivering()
                .stopLinks()
                .flatMap(links -> links.find(request, session.app().clock().instant()));
    }

    private static String newsletter(Session session, StopRequest request) {
        return Optional.ofNullable(request.newsletter())
                .flatMap(session.app().newsletters()::find)
                .map(Newsletter::name)
                .orElse(null);
    }

    private static <E extends Enum<E>> E chosen(Session session, Class<E> type, String word) {
        if (word == null) {
            return null;
        }
        return Arrays.stream(type.getEnumConstants())
                .filter(value -> word(value).equals(word.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> UserProblem.badInput(
                        session.text(
                                "bounce.list.unknown",
                                word,
                                Arrays.stream(type.getEnumConstants())
                                        .map(BounceListCommand::word)
                                        .collect(Collectors.joining(", "))),
                        null));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private void print(Session session, List<ListedBounce> found) {
        Table table = new Table(session.text("bounce.list.heads").split(" \\| "));
        Set<String> categories = new LinkedHashSet<>();
        for (ListedBounce bounce : found) {
            categories.add(bounce.category());
            table.row(
                    bounce.receivedAt().toString().substring(0, 16),
                    bounce.issue(),
                    bounce.address(),
                    bounce.kind(),
                    bounce.category(),
                    bounce.verdict(),
                    bounce.acted(),
                    shortened(bounce.diagnostic()));
        }
        table.print(session.console());
        Messages messages = Messages.of(BounceListener.class, session.language());
        categories.forEach(each -> session.console().println(each + ": " + messages.text("category." + each)));
    }

    private static String shortened(String diagnostic) {
        return diagnostic == null || diagnostic.length() <= DIAGNOSTIC_COLUMNS
                ? diagnostic
                : diagnostic.substring(0, DIAGNOSTIC_COLUMNS - 1) + "…";
    }
}
