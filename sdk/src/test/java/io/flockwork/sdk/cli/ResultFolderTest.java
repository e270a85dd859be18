package io.flockwork.sdk.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.flockwork.sdk.client.UnitResult;
import io.flockwork.sdk.model.Span;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** A result file's name keeps unit order and cannot leave its folder, whatever the input was called. */
class ResultFolderTest {
    @Test
    void namesTellTheUnit() {
        assertEquals("07-a.txt", name(unit(7, "a.txt", new Span(7, 8)), 2));
        assertEquals("007", name(unit(7, "", new Span(7, 8)), 3));
        assertEquals("7-100..200", name(unit(7, "", new Span(100, 200)), 1));
    }

    @Property
    void anyInputNameIsOneShortFileName(@ForAll String inputName) {
        String name = name(unit(3, inputName, new Span(3, 4)), 3);
        assertTrue(name.startsWith("003"));
        assertFalse(name.contains("/") || name.contains("\\") || name.chars().anyMatch(Character::isISOControl));
        assertTrue(name.getBytes(StandardCharsets.UTF_8).length <= 200);
        assertEquals(name, new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
    }

    @Property
    void theOrderOfNamesIsTheOrderOfUnits(
            @ForAll @LongRange(min = 0, max = 99_999) long one, @ForAll @LongRange(min = 0, max = 99_999) long two) {
        String first = name(unit(one, "z", new Span(one, one + 1)), 5);
        String second = name(unit(two, one == two ? "z" : "a", new Span(two, two + 1)), 5);
        assertEquals(Long.signum(Long.compare(one, two)), Integer.signum(first.compareTo(second)));
    }

    private static UnitResult unit(long number, String inputName, Span span) {
        return new UnitResult(number, span, inputName, "", new byte[0], Optional.empty(), false);
    }

    private static String name(UnitResult unit, int digits) {
        return ResultFolder.fileName(unit.number(), unit, digits);
    }
}
