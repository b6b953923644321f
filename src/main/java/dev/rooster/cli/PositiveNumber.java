package dev.rooster.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how many of something are wanted: from 1 to {@value #MAX}. */
final class PositiveNumber implements ITypeConverter<Integer> {
    static final int MAX = 1_000_000;

    @Override
    public Integer convert(String text) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= MAX) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new TypeConversionException("not a number from 1 to " + MAX);
    }
}
