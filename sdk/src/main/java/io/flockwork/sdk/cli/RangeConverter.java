package io.flockwork.sdk.cli;

import io.flockwork.sdk.client.JobRequest.Source;
import io.flockwork.sdk.model.Recipe;
import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code A..B}, A inclusive, B exclusive; whole numbers, also written {@code 10^9}, {@code 1e9}, {@code 1_000_000}. */
final class RangeConverter implements ITypeConverter<Source.Range> {
    private static final Pattern NUMBER =
            Pattern.compile("([+-]?)(?:([0-9]{1,3})\\^([0-9]{1,2})|([0-9]{1,20})(?:[eE]\\+?([0-9]{1,2}))?)");

    @Override
    public Source.Range convert(String text) {
        int dots = text.indexOf("..");
        if (dots < 0) {
            throw new TypeConversionException("'" + text + "' is not A..B");
        }
        long from = number(text.substring(0, dots));
        long to = number(text.substring(dots + 2));
        if (from > to) {
            throw new TypeConversionException("'" + text + "' runs backwards");
        }
        checkLength(from, to);
        return new Source.Range(from, to, 0);
    }

    private static void checkLength(long from, long to) {
        try {
            new Recipe.Range(from, to);
        } catch (IllegalArgumentException tooLong) {
            throw new TypeConversionException(tooLong.getMessage());
        }
    }

    private static long number(String text) {
        Matcher number = NUMBER.matcher(text.strip().replace("_", ""));
        if (!number.matches()) {
            throw new TypeConversionException("'" + text + "' is not a whole number");
        }
        try {
            BigInteger size = magnitude(number);
            return (number.group(1).equals("-") ? size.negate() : size).longValueExact();
        } catch (ArithmeticException tooLarge) {
            throw new TypeConversionException("'" + text + "' does not fit in 64 bits");
        }
    }

    private static BigInteger magnitude(Matcher number) {
        if (number.group(2) != null) {
            return new BigInteger(number.group(2)).pow(Integer.parseInt(number.group(3)));
        }
        int zeros = number.group(5) == null ? 0 : Integer.parseInt(number.group(5));
        return new BigInteger(number.group(4)).multiply(BigInteger.TEN.pow(zeros));
    }
}
