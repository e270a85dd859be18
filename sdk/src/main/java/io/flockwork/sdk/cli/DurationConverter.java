package io.flockwork.sdk.cli;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Spans of time: {@code 500ms}, {@code 10s}, {@code 10m}, {@code 2h}, {@code 7d}. */
public final class DurationConverter implements ITypeConverter<Duration> {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

    @Override
    public Duration convert(String text) {
        Matcher duration = DURATION.matcher(text);
        if (!duration.matches()) {
            throw new TypeConversionException("'" + text + "' is not a duration like 500ms, 10s, 10m, 2h or 7d");
        }
        return Duration.of(Long.parseLong(duration.group(1)), unit(duration.group(2)));
    }

    /** As one would write it here, in the largest unit that divides it: {@code 90s}, {@code 2h}. */
    static String written(Duration duration) {
        return Stream.of("d", "h", "m", "s", "ms")
                .filter(name -> duration.toMillis() % unit(name).getDuration().toMillis() == 0)
                .findFirst()
                .map(name -> duration.toMillis() / unit(name).getDuration().toMillis() + name)
                .orElseThrow();
    }

    private static ChronoUnit unit(String name) {
        return switch (name) {
            case "ms" -> ChronoUnit.MILLIS;
            case "s" -> ChronoUnit.SECONDS;
            case "m" -> ChronoUnit.MINUTES;
            case "h" -> ChronoUnit.HOURS;
            default -> ChronoUnit.DAYS;
        };
    }
}
