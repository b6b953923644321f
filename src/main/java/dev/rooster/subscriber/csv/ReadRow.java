package dev.rooster.subscriber.csv;

import dev.rooster.language.Language;
import dev.rooster.mail.AddressCheck;
import dev.rooster.mail.EmailAddress;
import dev.rooster.subscriber.Attributes;
import dev.rooster.subscriber.NewSubscriber;
import dev.rooster.token.AddressHash;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Turns records of one file into people, or says what is wrong with them. Pure but for the hash. Not thread-safe. */
final class ReadRow {
    /** A date this much ahead of the clock is a mistyped year, not a different clock. */
    private static final Duration AHEAD_MAX = Duration.ofDays(1);

    private static final WordList STATUSES = WordList.load("statuses.properties");
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern HANGUL = Pattern.compile(".*\\p{IsHangul}.*");
    private static final Pattern IP = Pattern.compile("[0-9A-Fa-f:.]{2,45}");

    private final Columns columns;
    private final AddressHash hashes;
    private final Wanted otherwise;
    private final ZoneId zone;
    private final Instant now;
    private final Map<String, String> statuses = new HashMap<>();

    /**
     * @param otherwise the standing of rows that do not tell
     * @param zone where dates without a time zone are meant
     */
    ReadRow(Columns columns, AddressHash hashes, Wanted otherwise, ZoneId zone, Instant now) {
        this.columns = columns;
        this.hashes = hashes;
        this.otherwise = otherwise;
        this.zone = zone;
        this.now = now;
    }

    ImportRow read(CsvRow row) {
        if (row instanceof CsvRow.Broken broken) {
            return new ImportRow.Rejected(
                    row.line(), List.of(), RowProblem.of(RowProblem.Kind.BROKEN_QUOTE, broken.text()));
        }
        CsvRow.Fields record = (CsvRow.Fields) row;
        try {
            return person(record, null);
        } catch (Unacceptable e) {
            return new ImportRow.Rejected(row.line(), record.fields(), e.problem);
        }
    }

    /**
     * A row that was good when it was read before.
     *
     * @param hash of its address, as it was then
     */
    ImportRow.Person readAgain(CsvRow.Fields row, String hash) {
        try {
            return person(row, hash);
        } catch (Unacceptable e) {
            throw new IllegalStateException("line " + row.line() + " was good and is not any more", e);
        }
    }

    /** @param known the hash of the address; null: not made yet */
    private ImportRow.Person person(CsvRow.Fields row, String known) throws Unacceptable {
        List<String> fields = row.fields();
        refuseSurplus(fields);
        String written = value(fields, Column.ADDRESS);
        AddressCheck check = EmailAddress.check(written);
        if (check instanceof AddressCheck.Invalid invalid) {
            throw new Unacceptable(RowProblem.address(written, invalid.problem()));
        }
        EmailAddress address = ((AddressCheck.Valid) check).address();
        Wanted wanted = wanted(fields);
        String hash = known == null ? hashes.of(address.key()) : known;
        return new ImportRow.Person(
                row.line(),
                fields,
                new NewSubscriber(address, name(fields), language(fields), attributes(fields)),
                hash,
                AddressHash.publicId(hash),
                wanted,
                date(fields, wanted.refused() ? Column.REFUSAL_DATE : Column.CONSENT_DATE),
                wanted.refused() ? date(fields, Column.CONSENT_DATE) : null,
                origin(fields),
                ip(fields));
    }

    /** Too few fields are empty ones (spreadsheets leave trailing separators out); too many are a missing quote. */
    private void refuseSurplus(List<String> fields) throws Unacceptable {
        int width = Math.max(columns.header().size(), 1);
        for (int i = width; i < fields.size(); i++) {
            if (!fields.get(i).isBlank()) {
                throw new Unacceptable(RowProblem.of(
                        RowProblem.Kind.TOO_MANY_FIELDS, String.valueOf(fields.size()), String.valueOf(width)));
            }
        }
    }

    private Wanted wanted(List<String> fields) throws Unacceptable {
        String status = value(fields, Column.STATUS);
        if (!status.isEmpty()) {
            String meaning = statuses.computeIfAbsent(
                    status, word -> STATUSES.meaning(word).orElse(""));
            return switch (meaning) {
                case "" -> throw new Unacceptable(RowProblem.of(RowProblem.Kind.STATUS, status));
                case "no-consent" -> throw new Unacceptable(RowProblem.of(RowProblem.Kind.NO_CONSENT, status));
                default -> statusOr(Wanted.valueOf(meaning.toUpperCase(Locale.ROOT)));
            };
        }
        boolean refused = !value(fields, Column.REFUSAL_DATE).isEmpty()
                || !value(fields, Column.REFUSAL_REASON).isEmpty();
        if (!refused || otherwise.refused()) {
            return otherwise;
        }
        return WordList.bare(refusalColumn(fields)).startsWith("clean") ? Wanted.BOUNCED : Wanted.UNSUBSCRIBED;
    }

    /** Asked to import as pending, nobody becomes active because an old list says so. */
    private Wanted statusOr(Wanted told) {
        return told == Wanted.ACTIVE ? otherwise : told;
    }

    private String refusalColumn(List<String> fields) {
        for (int position : columns.positions(Column.REFUSAL_DATE)) {
            if (!at(fields, position).isEmpty()) {
                return columns.header().get(position);
            }
        }
        return "";
    }

    private String name(List<String> fields) throws Unacceptable {
        String name = value(fields, Column.NAME);
        if (name.isEmpty()) {
            String first = value(fields, Column.FIRST_NAME);
            String last = value(fields, Column.LAST_NAME);
            name = HANGUL.matcher(first + last).matches() ? last + first : (first + " " + last).strip();
        }
        String plain = BLANKS.matcher(name).replaceAll(" ");
        if (plain.length() > NewSubscriber.NAME_CHARS_MAX || plain.chars().anyMatch(Character::isISOControl)) {
            throw new Unacceptable(RowProblem.of(RowProblem.Kind.NAME, printable(name)));
        }
        return plain;
    }

    private Language language(List<String> fields) {
        String text = value(fields, Column.LANGUAGE);
        return switch (text) {
            case "" -> null;
            case "한국어", "Korean", "korean" -> Language.KO;
            case "영어", "English", "english" -> Language.EN;
            default -> Language.of(text, null);
        };
    }

    private Instant date(List<String> fields, Column column) throws Unacceptable {
        for (int position : columns.positions(column)) {
            String text = at(fields, position);
            if (!text.isEmpty()) {
                ZoneId meant = columns.utc().contains(position) ? ZoneOffset.UTC : zone;
                Optional<Instant> date = DeclaredDate.parse(text, meant);
                if (date.isEmpty()) {
                    throw new Unacceptable(RowProblem.of(
                            RowProblem.Kind.DATE, text, columns.header().get(position)));
                }
                if (date.get().isAfter(now.plus(AHEAD_MAX))) {
                    throw new Unacceptable(RowProblem.of(
                            RowProblem.Kind.DATE_IN_FUTURE,
                            text,
                            columns.header().get(position)));
                }
                return date.get().isAfter(now) ? now : date.get();
            }
        }
        return null;
    }

    private Map<String, String> attributes(List<String> fields) throws Unacceptable {
        Map<String, String> attributes = new HashMap<>();
        String json = value(fields, Column.ATTRIBUTES);
        if (!json.isEmpty()) {
            addJson(json, attributes);
        }
        for (Map.Entry<Integer, String> column : columns.attributes().entrySet()) {
            String value = at(fields, column.getKey());
            if (!value.isEmpty()) {
                attributes.put(column.getValue(), value);
            }
        }
        if (!attributes.isEmpty()) {
            int chars = Attributes.json(attributes).length();
            if (chars > Attributes.JSON_CHARS_MAX) {
                throw new Unacceptable(RowProblem.of(
                        RowProblem.Kind.ATTRIBUTES_LONG,
                        String.valueOf(chars),
                        String.valueOf(Attributes.JSON_CHARS_MAX)));
            }
        }
        return attributes;
    }

    /** The attributes of listmonk: any JSON object; what is no text is kept as the JSON of it. */
    private static void addJson(String json, Map<String, String> attributes) throws Unacceptable {
        JsonNode node;
        try {
            node = JSON.readTree(json);
        } catch (JacksonException e) {
            throw new Unacceptable(RowProblem.of(RowProblem.Kind.ATTRIBUTES_JSON, cut(json)));
        }
        if (!node.isObject()) {
            throw new Unacceptable(RowProblem.of(RowProblem.Kind.ATTRIBUTES_JSON, cut(json)));
        }
        node.properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            if (!value.isNull()) {
                attributes.put(
                        BLANKS.matcher(entry.getKey().strip()).replaceAll("_"),
                        value.isString() ? value.stringValue() : value.toString());
            }
        });
    }

    private String ip(List<String> fields) {
        String ip = value(fields, Column.CONSENT_IP);
        return IP.matcher(ip).matches() ? ip : null;
    }

    /** The first filled column of a meaning; empty where none is. */
    private String value(List<String> fields, Column column) {
        for (int position : columns.positions(column)) {
            String value = at(fields, position);
            if (!value.isEmpty()) {
                return value;
            }
        }
        return "";
    }

    private static String at(List<String> fields, int position) {
        return position < fields.size()
                ? SpreadsheetSafe.unescape(fields.get(position).strip())
                : "";
    }

    private String origin(List<String> fields) {
        String origin = value(fields, Column.CONSENT_SOURCE);
        return origin.isEmpty() ? null : printable(origin);
    }

    private static String printable(String text) {
        return cut(text.replaceAll("\\p{Cc}", "\u2423"));
    }

    private static String cut(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }

    /** Thrown within this class only, where a row ends. */
    private static final class Unacceptable extends Exception {
        private final transient RowProblem problem;

        Unacceptable(RowProblem problem) {
            super(problem.kind().name(), null, false, false);
            this.problem = problem;
        }
    }
}
