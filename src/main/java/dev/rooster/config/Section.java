package dev.rooster.config;

import dev.rooster.mail.AddressCheck;
import dev.rooster.mail.EmailAddress;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One map of the settings, read key by key.
 *
 * <p>Each reading answers the value from the environment, else from the file, else the default; a bad value is noted as a
 * fault and answered by the default, so that all faults come to light in one reading. {@link #close} notes the keys that
 * nobody read.
 */
final class Section implements AutoCloseable {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,6})\\s*(ms|s|m|min|h|d)");

    private final SettingsSource source;
    private final String path;
    private final YamlTree.Keys keys;
    private final Set<String> read = new LinkedHashSet<>();

    Section(SettingsSource source, String path, YamlTree.Keys keys) {
        this.source = source;
        this.path = path;
        this.keys = keys;
    }

    /** A text; null by default. Surrounding white space is dropped, an empty text counts as not set. */
    String text(String key) {
        return text(key, null);
    }

    String text(String key, String byDefault) {
        return convert(key, byDefault, "text", text -> text);
    }

    /** A value of one of the feature's own types; the conversion throws IllegalArgumentException to refuse. */
    <T> T value(String key, T byDefault, String expected, Function<String, T> conversion) {
        return convert(key, byDefault, expected, conversion);
    }

    int number(String key, int byDefault, int min, int max) {
        return convert(key, byDefault, min + "–" + max, text -> {
            int number = Integer.parseInt(text.replace("_", ""));
            if (number < min || number > max) {
                throw new IllegalArgumentException();
            }
            return number;
        });
    }

    boolean flag(String key, boolean byDefault) {
        return convert(key, byDefault, "true, false", text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on" -> true;
            case "false", "no", "off" -> false;
            default -> throw new IllegalArgumentException();
        });
    }

    /** A length of time such as {@code 500 ms}, {@code 10 m}, {@code 24 h}. */
    Duration duration(String key, Duration byDefault, Duration min, Duration max) {
        return convert(key, byDefault, show(min) + "–" + show(max) + " (500 ms, 30 s, 10 m, 3 h, 2 d)", text -> {
            Matcher matcher = DURATION.matcher(text);
            if (!matcher.matches()) {
                throw new IllegalArgumentException();
            }
            long amount = Long.parseLong(matcher.group(1));
            Duration duration = switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "m", "min" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                default -> Duration.ofDays(amount);
            };
            if (duration.compareTo(min) < 0 || duration.compareTo(max) > 0) {
                throw new IllegalArgumentException();
            }
            return duration;
        });
    }

    <E extends Enum<E>> E choice(String key, Class<E> type, E byDefault) {
        String choices =
                Arrays.stream(type.getEnumConstants()).map(Section::choiceName).collect(Collectors.joining(", "));
        return convert(
                key,
                byDefault,
                choices,
                text -> Arrays.stream(type.getEnumConstants())
                        .filter(constant -> choiceName(constant).equals(text.toLowerCase(Locale.ROOT)))
                        .findFirst()
                        .orElseThrow(IllegalArgumentException::new));
    }

    EmailAddress address(String key, EmailAddress byDefault) {
        return convert(key, byDefault, "name@example.com", Section::addressOf);
    }

    ZoneId zone(String key, ZoneId byDefault) {
        return convert(key, byDefault, "Asia/Seoul, Europe/Berlin, UTC …", text -> {
            try {
                return ZoneId.of(text);
            } catch (DateTimeException e) {
                throw new IllegalArgumentException(e);
            }
        });
    }

    /** A list of addresses, written as a YAML list or with commas. */
    List<EmailAddress> addresses(String key) {
        return list(key, "name@example.com, …", Section::addressOf);
    }

    /** A list of values, written as a YAML list or with commas; empty by default. */
    <T> List<T> list(String key, String expected, Function<String, T> conversion) {
        read.add(key);
        Map<String, String> found = new LinkedHashMap<>();
        String variable = source.variable(pathOf(key));
        String overridden = source.environment(pathOf(key));
        if (overridden != null) {
            split(overridden).forEach(text -> found.put(text, variable));
        } else if (keys.values().get(key) instanceof YamlTree.Items items) {
            for (YamlTree item : items.items()) {
                if (item instanceof YamlTree.Text text) {
                    found.put(text.value().strip(), source.at(text.line()));
                } else {
                    source.fault(new Fault(source.at(item.line()), pathOf(key), "not-a-text", "", expected));
                }
            }
        } else if (keys.values().get(key) instanceof YamlTree.Text text) {
            split(text.value()).forEach(part -> found.put(part, source.at(text.line())));
        } else if (keys.values().get(key) instanceof YamlTree.Keys map) {
            source.fault(new Fault(source.at(map.line()), pathOf(key), "not-a-list", "", expected));
        }
        List<T> values = new ArrayList<>();
        found.forEach((text, where) -> {
            try {
                values.add(conversion.apply(text));
            } catch (IllegalArgumentException e) {
                source.fault(new Fault(where, pathOf(key), "bad-value", text, expected));
            }
        });
        return List.copyOf(values);
    }

    /** A map below this one; an empty one when it is not there. Close it. */
    Section section(String key) {
        read.add(key);
        return source.section(pathOf(key), keys.values().get(key), keys.line());
    }

    /** The named maps below a key, in the order of the file; names that only the environment knows come last. */
    Map<String, Section> named(String key, Predicate<String> name, String expected, Set<String> alsoNamed) {
        read.add(key);
        Map<String, Section> sections = new LinkedHashMap<>();
        YamlTree below = keys.values().get(key);
        if (below instanceof YamlTree.Keys map) {
            map.values().forEach((child, tree) -> {
                if (!name.test(child)) {
                    source.fault(
                            new Fault(source.at(map.keyLines().get(child)), pathOf(key), "bad-name", child, expected));
                } else {
                    sections.put(child, source.section(pathOf(key) + "." + child, tree, map.line()));
                }
            });
        } else if (below != null && !(below instanceof YamlTree.Nothing)) {
            source.fault(new Fault(source.at(below.line()), pathOf(key), "not-a-map", "", ""));
        }
        for (String child : alsoNamed) {
            sections.computeIfAbsent(child, c -> source.section(pathOf(key) + "." + c, null, keys.line()));
        }
        return sections;
    }

    /** Whether the file or the environment sets it. */
    boolean has(String key) {
        return source.environment(pathOf(key)) != null
                || keys.values().get(key) != null && !(keys.values().get(key) instanceof YamlTree.Nothing);
    }

    /** Notes a fault about a value that was read, such as one that contradicts another. */
    void fault(String key, String code, String found, String expected) {
        source.fault(new Fault(where(key), pathOf(key), code, found, expected));
    }

    /** Notes a setting that must be there and is not. */
    void missing(String key, String expected) {
        source.fault(new Fault(source.at(keys.line()), pathOf(key), "missing", "", expected));
    }

    /** Notes the keys of the file that nobody read, with the nearest one that is known. */
    @Override
    public void close() {
        keys.keyLines().forEach((key, line) -> {
            if (!read.contains(key)) {
                String near = Nearest.of(key, read);
                String code = near.isEmpty() ? "unknown-key" : "unknown-key-near";
                source.fault(new Fault(source.at(line), pathOf(key), code, key, near));
            }
        });
    }

    private <T> T convert(String key, T byDefault, String expected, Function<String, T> conversion) {
        read.add(key);
        String text = source.environment(pathOf(key));
        if (text == null) {
            YamlTree tree = keys.values().get(key);
            if (tree == null || tree instanceof YamlTree.Nothing) {
                return byDefault;
            }
            if (!(tree instanceof YamlTree.Text scalar)) {
                source.fault(new Fault(where(key), pathOf(key), "not-a-text", "", expected));
                return byDefault;
            }
            text = scalar.value();
        }
        text = text.strip();
        if (text.isEmpty()) {
            return byDefault;
        }
        try {
            return conversion.apply(text);
        } catch (IllegalArgumentException e) {
            source.fault(new Fault(where(key), pathOf(key), "bad-value", SecretKeys.hide(key, text), expected));
            return byDefault;
        }
    }

    private static EmailAddress addressOf(String text) {
        if (EmailAddress.check(text) instanceof AddressCheck.Valid valid) {
            return valid.address();
        }
        throw new IllegalArgumentException();
    }

    private static List<String> split(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    private String where(String key) {
        if (source.environment(pathOf(key)) != null) {
            return source.variable(pathOf(key));
        }
        return source.at(keys.keyLines().getOrDefault(key, keys.line()));
    }

    private String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static String choiceName(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String show(Duration duration) {
        if (duration.toDaysPart() > 2 && duration.toHoursPart() == 0) {
            return duration.toDays() + " d";
        }
        if (duration.toHours() > 0 && duration.toMinutesPart() == 0) {
            return duration.toHours() + " h";
        }
        if (duration.toMinutes() > 0 && duration.toSecondsPart() == 0) {
            return duration.toMinutes() + " m";
        }
        return duration.toMillisPart() == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
