package io.flockwork.sdk.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

/** Spans of time are shown as they may be given. */
class DurationConverterTest {
    private final DurationConverter converter = new DurationConverter();

    @ParameterizedTest
    @CsvSource({"1ms,1ms", "1500ms,1500ms", "30s,30s", "90s,90s", "60s,1m", "120m,2h", "48h,2d", "25h,25h"})
    void theLargestUnitThatDividesItIsWritten(String given, String written) {
        assertEquals(written, DurationConverter.written(converter.convert(given)));
        assertEquals(converter.convert(given), converter.convert(written));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "s", "-1s", "1.5s", "1w", "9999999999s"})
    void whatIsNoDurationIsRefused(String text) {
        assertThrows(TypeConversionException.class, () -> converter.convert(text));
    }
}
