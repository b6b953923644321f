package dev.rooster.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a length of time up to a day: {@code 90 s}, {@code 10m}, {@code 2h}; a number alone is minutes. */
final class LengthOfTime implements ITypeConverter<Duration> {
    private static final Duration MAX = Duration.ofDays(1);
    private static final Pattern FORM = Pattern.compile("([0-9]{1,6})\\s*(s|m|min|h)?");

    @Override
    public Duration convert(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (matcher.matches()) {
            long amount = Long.parseLong(matcher.group(1));
            Duration length = "s".equals(matcher.group(2))
                    ? Duration.ofSeconds(amount)
                    : "h".equals(matcher.group(2)) ? Duration.ofHours(amount) : Duration.ofMinutes(amount);
            if (length.compareTo(MAX) <= 0) {
                return length;
            }
        }
        throw new TypeConversionException("not a length of time");
    }
}
